import Foundation
import Postgres
import PostgresTesting
import Testing

/// SIGTERM ends `serve` in the time that its help states, whatever hangs.
@Suite(.timeLimit(.minutes(10)))
struct ShutdownTests {
    /// What help states.
    private static let promise = Duration.seconds(25)

    /// Stops a Hooklog, which must keep to the promise; returns its exit status.
    private func stopInTime(_ hooklog: ServedHooklog) async throws -> Int32 {
        let start = ContinuousClock.now
        let status = try await hooklog.stop()
        let time = ContinuousClock.now - start
        #expect(time < Self.promise, "\(time): \(hooklog.log)")
        return status
    }

    @Test(.database) func hangingProjectionIsCancelled() async throws {
        let database = try #require(TestDatabase.current)
        let hooklog = try ServedHooklog(on: database.connectionString)
        try await hooklog.start()
        let workspace = try await DemoWorkspace.make(in: hooklog)
        let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
        try await database.withConnection { connection in
            try await connection.script("BEGIN; LOCK TABLE hooklog_data.contact_1 IN ACCESS EXCLUSIVE MODE")
            let event = SampleEvents.contact(1, series: "a")
            #expect(try await sender.deliver(event, deliveryID: "msg_1").status == 202)
            let waiting = PostgresStatement(name: "waiting", sql: "SELECT FROM pg_locks WHERE NOT granted")
            try await OtherProcess.wait(for: "the page to hang") { try await connection.query(waiting).rowCount > 0 }
            #expect(try await stopInTime(hooklog) == 0)
        }
    }

    @Test(.database) func openConnectionsDoNotHoldItUp() async throws {
        let database = try #require(TestDatabase.current)
        let hooklog = try ServedHooklog(on: database.connectionString)
        try await hooklog.start()
        let workspace = try await DemoWorkspace.make(in: hooklog)
        let sockets = try (0..<3).map { _ in try OpenSocket(port: hooklog.port) }
        defer { for socket in sockets { socket.close() } }
        // One is kept alive, one has begun a body, one has said nothing.
        try sockets[0].send("GET /api/v1/health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        try sockets[0].receive()
        try sockets[1].send("POST \(workspace.path) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{")
        #expect(try await stopInTime(hooklog) == 0)
    }

    @Test func frozenServerDoesNotHoldItUp() async throws {
        let cluster = try await TestCluster()
        defer {
            cluster.thaw()
            cluster.kill()
        }
        let hooklog = try ServedHooklog(on: cluster.connectionString())
        try await hooklog.start()
        let workspace = try await DemoWorkspace.make(in: hooklog)
        let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
        cluster.freeze()
        // Its append is under way when the end comes.
        #expect(try await sender.deliver(SampleEvents.contact(1, series: "a"), deliveryID: "msg_1").status == 503)
        _ = try await stopInTime(hooklog)
    }
}
