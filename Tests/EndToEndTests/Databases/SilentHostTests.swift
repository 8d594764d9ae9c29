import Foundation
import PostgresTesting
import Testing

/// A connection string whose first host is silent, and a database that is away at the start.
@Suite(.database, .timeLimit(.minutes(10)))
struct SilentHostTests {
    private func connectionString(_ silent: SilentListener, _ more: String = "") throws -> String {
        let string = try #require(TestDatabase.current).connectionString
        return string.replacing("host=", with: "host=127.0.0.1,") + " port=\(silent.port),5432 \(more)"
    }

    @Test func serveAndCommandsGoPastASilentHost() async throws {
        let silent = try SilentListener()
        defer { silent.close() }
        // Longer than a command waits for its one host.
        let hooklog = try ServedHooklog(on: try connectionString(silent, "connect_timeout=6"))
        try await hooklog.start()
        _ = try await hooklog.output(of: "workspace", "create", "acme")
        #expect(try await hooklog.output(of: "workspace", "list").contains("acme"))
        let status = try await hooklog.stop()
        #expect(status == 0, "\(hooklog.log.suffix(3000))")
    }

    /// What libpq reads from a service file and the environment counts as what the string says.
    @Test func hostsOfAServiceFileAreTriedInTurn() async throws {
        let silent = try SilentListener()
        defer { silent.close() }
        let database = try #require(TestDatabase.current)
        let file = FileManager.default.temporaryDirectory.appending(path: "\(database.name).service")
        defer { try? FileManager.default.removeItem(at: file) }
        let service = """
            [hooklog]
            host=127.0.0.1,\(database.cluster.directory.path)
            user=postgres
            dbname=\(database.name)
            """
        try service.write(to: file, atomically: true, encoding: .utf8)
        let hooklog = try ServedHooklog(
            on: "service=hooklog",
            environment: [
                "PGCONNECT_TIMEOUT": "2", "PGPORT": "\(silent.port),5432", "PGSERVICEFILE": file.path,
            ]
        )
        #expect(try await hooklog.output(of: "migrate").contains("schema"))
    }

    @Test func serveWaitsForADatabaseThatIsAway() async throws {
        let cluster = try await TestCluster()
        cluster.kill()
        let hooklog = try ServedHooklog(on: cluster.connectionString())
        try await hooklog.spawn()
        try await OtherProcess.wait(for: "word of the wait", log: { hooklog.log }) {
            hooklog.log.contains("waiting for the database")
        }
        try await cluster.start()
        try await hooklog.waitUntilReady()
        #expect(try await hooklog.stop() == 0)
        cluster.kill()
    }

    @Test func serveThatWaitsStopsOnASignal() async throws {
        let silent = try SilentListener()
        defer { silent.close() }
        let hooklog = try ServedHooklog(on: "host=127.0.0.1 port=\(silent.port) connect_timeout=2")
        try await hooklog.spawn()
        try await OtherProcess.wait(for: "word of the wait", log: { hooklog.log }) {
            hooklog.log.contains("did not answer")
        }
        let status = try await hooklog.stop()
        #expect(status == 1)
        #expect(hooklog.log.contains("Interrupted"))
    }
}
