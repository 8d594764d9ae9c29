import Foundation
import Testing

/// Users' own projection files, with the built binary.
@Suite(.timeLimit(.minutes(10)))
struct UserProjectionTests {
    private static func file(_ name: String, _ select: String) -> String {
        "-- projection: \(name)\n-- reads: pivotal/contact\n\(select)\n"
    }

    private func withDirectory(
        _ selects: [String: String],
        _ body: @Sendable (URL) async throws -> Void
    ) async throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "projections-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for (name, select) in selects {
            try Data(Self.file(name, select).utf8).write(to: root.appending(path: "\(name).sql"))
        }
        try await body(root)
        try FileManager.default.removeItem(at: root)
    }

    @Test func refusedFileKeepsOnlyItselfFromRunning() async throws {
        let selects = ["good": "SELECT 1 AS a", "asleep": "SELECT pg_sleep(1000)::text AS a", "torn": "SELECT (1 AS a"]
        try await withDirectory(selects) { root in
            try Data("nothing at all".utf8).write(to: root.appending(path: "empty.sql"))
            try await ServedHooklog.with(arguments: ["--projections", root.path]) { hooklog in
                #expect(
                    try await hooklog.query(
                        "SELECT string_agg(projection, ' ' ORDER BY projection) FROM hooklog.projection_generation"
                    ) == "directory good"
                )
                for name in ["asleep", "empty", "torn"] {
                    #expect(hooklog.log.contains("projection.name=\(name)"), "\(hooklog.log)")
                }
                let migration = try await hooklog.run("migrate", "--projections", root.path)
                #expect(migration.status == 1)
                #expect(migration.output.contains("torn.sql:3"), "\(migration.output)")
                #expect(migration.output.contains("may not call pg_sleep"), "\(migration.output)")
                #expect(migration.output.contains("Projection good: this version is known already"))
                let doctor = try await hooklog.run("doctor")
                #expect(doctor.output.contains("projection asleep"), "\(doctor.output)")
                let status = try await hooklog.output(of: "status", "--json")
                #expect(status.contains(#""torn":"#), "\(status)")
                try Data(Self.file("asleep", "SELECT 2 AS a").utf8).write(to: root.appending(path: "asleep.sql"))
                for name in ["torn", "empty"] {
                    try FileManager.default.removeItem(at: root.appending(path: "\(name).sql"))
                }
                #expect(try await hooklog.run("migrate", "--projections", root.path).status == 0)
                #expect(!(try await hooklog.run("doctor")).output.contains("asleep"))
            }
        }
    }
}
