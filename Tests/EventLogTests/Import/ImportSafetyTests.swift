import EventLog
import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(5)))
struct ImportSafetyTests {
    private typealias Fixture = ImportFixture

    @Test func importsAtOnceAppendEachObjectOnce() async throws {
        let fixture = try await Fixture()
        let lines = (0..<300).map { Fixture.contact("con_\($0)", "A") }
        let appended = try await withThrowingTaskGroup(of: Int.self) { group in
            for offset in 0..<4 {
                group.addTask {
                    let turned = Array(lines[(offset * 70)...] + lines[..<(offset * 70)])
                    var count = 0
                    for start in stride(from: 0, to: turned.count, by: 50) {
                        count += try await fixture.run(Array(turned[start..<(start + 50)])).count { $0 == .appended }
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(appended == 300)
        #expect(try await fixture.count() == 300)
        #expect(try await fixture.log.value("SELECT count(*) FROM hooklog.delivery_conflict", as: Int.self) == 0)
    }

    @Test func batchIsAppendedInFewStatementsAndInOrder() async throws {
        let fixture = try await Fixture()
        let lines = (0..<10).map { Fixture.contact("con_\($0)", "A") }
        let outcomes = try await fixture.withImporter(configuration: EventAppenderConfiguration(batchCount: 4)) {
            try await $0.importLines(lines.map { ImportLine(Array($0.utf8)) }, readAt: PostgresTimestamp(Date()))
        }
        #expect(outcomes.allSatisfy { $0 == .appended })
        #expect(
            try await fixture.log.column("SELECT entity_id FROM hooklog.event ORDER BY position")
                == (0..<10).map { "con_\($0)" }
        )
        let commits: Int = try await fixture.log.value("SELECT count(DISTINCT received_at) FROM hooklog.event")
        #expect(commits == 3)
    }

    @Test func growthIsTold() async throws {
        let fixture = try await Fixture()
        let activity = LogActivity()
        let subscription = activity.subscribe(to: .here)
        _ = try await fixture.withImporter(activity: activity) {
            try await $0.importLines(
                [ImportLine(Array(Fixture.contact("con_1", "A").utf8))],
                readAt: PostgresTimestamp(Date())
            )
        }
        #expect(await subscription.next()?.workspaces == [fixture.workspace])
    }

    @Test func unknownWorkspaceEndsTheImport() async throws {
        let fixture = try await Fixture()
        let pool = fixture.log.appendPool(size: 1)
        let appender = EventAppender(pool: pool, activity: LogActivity(), logger: TestDatabase.logger)
        let target = ImportTarget(
            source: .sample(WorkspaceID(rawValue: 404)),
            connector: .pivotal,
            livemode: true
        )
        let importer = EventImporter(pool: fixture.log.pool, appender: appender, target: target)
        let failure = await code {
            try await importer.importLines(
                [ImportLine(Array(Fixture.contact("con_1", "A").utf8))],
                readAt: PostgresTimestamp(Date())
            )
        }
        await pool.shutdown(deadline: .now + .seconds(10))
        #expect(failure == .unknownWorkspace)
    }

    /// The session that counts is planned against an empty log that was never analysed.
    @Test func comparisonUsesTheEntityIndexFromTheStart() async throws {
        let fixture = try await Fixture()
        try await fixture.withImporter { importer in
            for version in ["A", "B"] {
                for start in stride(from: 0, to: 3000, by: 500) {
                    let lines = (start..<(start + 500)).map {
                        ImportLine(Array(Fixture.contact("con_\($0)", version).utf8))
                    }
                    _ = try await importer.importLines(lines, readAt: PostgresTimestamp(Date()))
                }
            }
        }
        #expect(try await fixture.count() == 6000)
        try await fixture.log.script("SELECT pg_stat_force_next_flush()")
        let scanned: [String] = try await fixture.log.column(
            "SELECT relname::text FROM pg_stat_user_tables WHERE relname LIKE 'event%' AND seq_tup_read > 0"
        )
        #expect(scanned.isEmpty)
    }

    @Test(arguments: 0..<4)
    func randomRunsEndWithWhatWasImportedLast(seed: Int) async throws {
        let fixture = try await Fixture()
        var generator = SplitMix(state: UInt64(seed))
        var expected: [String: String] = [:]
        var appended = 0
        for _ in 0..<12 {
            let lines = (0..<25).map { _ in
                (
                    id: "con_\(Int.random(in: 0..<9, using: &generator))",
                    name: ["A", "B", "C"].randomElement(using: &generator) ?? "A"
                )
            }
            for line in lines where expected[line.id] != line.name {
                expected[line.id] = line.name
                appended += 1
            }
            try await fixture.run(lines.map { #"{"object":"contact","id":"\#($0.id)","name":"\#($0.name)"}"# })
        }
        #expect(try await fixture.state() == expected.map { "contact \($0.key) \($0.value)" }.sorted())
        #expect(try await fixture.count() == appended, "something unchanged was appended")
    }

    @Test func checkpointIsKeptPerOriginAndForgotten() async throws {
        let fixture = try await Fixture()
        let store = ImportCheckpointStore(pool: fixture.log.pool, source: .sample(fixture.workspace, 7))
        let other = ImportCheckpointStore(pool: fixture.log.pool, source: .sample(fixture.workspace, 8))
        #expect(try await store.state(of: "file:/a") == nil)
        try await store.save(Array(#"{"n": 1}"#.utf8), of: "file:/a")
        try await store.save(Array(#"{"n": 2}"#.utf8), of: "file:/a")
        try await store.save(Array(#"{"n": 3}"#.utf8), of: "file:/b")
        #expect(try await store.state(of: "file:/a") == Array(#"{"n": 2}"#.utf8))
        #expect(try await other.state(of: "file:/a") == nil)
        try await store.forget("file:/a")
        #expect(try await store.state(of: "file:/a") == nil)
        #expect(try await store.state(of: "file:/b") != nil)
        try await fixture.log.script("UPDATE hooklog.import_checkpoint SET updated_at = now() - interval '25 hours'")
        #expect(try await store.state(of: "file:/b") == nil, "what was read a day ago is too old to go on from")
    }
}
