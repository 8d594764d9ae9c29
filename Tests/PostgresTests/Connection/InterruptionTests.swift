import Foundation
import Postgres
import PostgresTesting
import Testing

/// Deadlines and cancellation stop the server's work and leave the connection usable.
@Suite(.database, .timeLimit(.minutes(10)))
struct InterruptionTests {
    private static let sleep = PostgresStatement(name: "sleep", sql: "SELECT pg_sleep(30)")
    private static let one = PostgresStatement(name: "one", sql: "SELECT 1")

    /// Runs `body`, expects its error to have the code, and returns how long it took.
    private func duration(
        of code: PostgresError.Code,
        _ body: () async throws -> Void
    ) async throws -> Duration {
        let clock = ContinuousClock()
        let start = clock.now
        let error = await #expect(throws: PostgresError.self) { try await body() }
        #expect(error?.code == code)
        return clock.now - start
    }

    @Test func deadlineCancelsTheStatement() async throws {
        try await TestDatabase.withConnection { connection in
            let elapsed = try await duration(of: .deadlineExceeded) {
                _ = try await connection.query(Self.sleep, deadline: .now + .milliseconds(200))
            }
            #expect(elapsed >= .milliseconds(200))
            #expect(elapsed < .seconds(20))
            #expect(connection.isReusable)
            #expect(try await connection.query(Self.one).first?[0, as: Int.self] == 1)
        }
    }

    @Test func passedDeadlineSendsNothing() async throws {
        try await TestDatabase.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query(Self.one, deadline: .now - .seconds(1))
            }
            #expect(error?.code == .deadlineExceeded)
            #expect(error?.nothingWasSent == true)
            #expect(connection.isReusable)
        }
    }

    @Test func configuredTimeoutCounts() async throws {
        let database = try #require(TestDatabase.current)
        var configuration = database.configuration
        configuration.statementTimeout = .milliseconds(100)
        let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        let elapsed = try await duration(of: .deadlineExceeded) { _ = try await connection.query(Self.sleep) }
        #expect(elapsed < .seconds(20))
        await connection.close()
    }

    @Test func cancellationStopsTheStatement() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            try await database.withConnection { observer in
                let elapsed = try await duration(of: .cancelled) {
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        group.addTask { _ = try await connection.query(Self.sleep) }
                        try await waitUntilActive(connection.processID, seenBy: observer)
                        group.cancelAll()
                        try await group.waitForAll()
                    }
                }
                #expect(elapsed < .seconds(20))
                #expect(connection.isReusable)
                #expect(try await connection.query(Self.one).first?[0, as: Int.self] == 1)
            }
        }
    }

    @Test func cancelledTaskSendsNothing() async throws {
        try await TestDatabase.withConnection { connection in
            let error = await withTaskGroup(of: PostgresError?.self) { group in
                group.cancelAll()
                group.addTask {
                    do throws(PostgresError) {
                        _ = try await connection.query(Self.one)
                        return nil
                    } catch {
                        return error
                    }
                }
                return await group.next().flatMap { $0 }
            }
            #expect(error?.code == .cancelled)
            #expect(error?.nothingWasSent == true)
        }
    }

    @Test func interruptedConnectionsStayInStep() async throws {
        try await TestDatabase.withConnection { connection in
            let brief = PostgresStatement(name: "brief", sql: "SELECT pg_sleep(0.002)::text")
            for round in 0..<100 {
                _ = try? await connection.query(brief, deadline: .now + .milliseconds(2 + round % 3))
                let answer = try await connection.query(PostgresStatement(name: "echo", sql: "SELECT $1"), [.int8(7)])
                #expect(try answer.first?[0, as: Int64.self] == 7)
            }
        }
    }

    @Test func serversOwnTimeoutHasItsOwnCode() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script("SET statement_timeout = 50")
            let elapsed = try await duration(of: .queryCancelled) { _ = try await connection.query(Self.sleep) }
            #expect(elapsed < .seconds(20))
        }
    }

    @Test func disobedientServerCostsTheConnection() async throws {
        let database = try #require(TestDatabase.current)
        var configuration = database.configuration
        configuration.cancellationGrace = .milliseconds(100)
        let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        // A stopped server process answers nothing, not even the cancellation.
        #expect(kill(connection.processID, SIGSTOP) == 0)
        let elapsed = try await duration(of: .deadlineExceeded) {
            _ = try await connection.query(Self.one, deadline: .now + .milliseconds(50))
        }
        #expect(kill(connection.processID, SIGCONT) == 0)
        #expect(elapsed < .seconds(20))
        #expect(!connection.isReusable)
        let error = await #expect(throws: PostgresError.self) { try await connection.query(Self.one) }
        #expect(error?.code == .closed)
        await connection.close()
    }

    private func waitUntilActive(_ processID: Int32, seenBy observer: PostgresConnection) async throws {
        let statement = PostgresStatement(
            name: "activity",
            sql: "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND wait_event = 'PgSleep'"
        )
        while try await observer.query(statement, [.int4(processID)]).first?[0, as: Int.self] != 1 {}
    }
}
