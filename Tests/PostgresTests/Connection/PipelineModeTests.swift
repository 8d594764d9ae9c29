import Postgres
import PostgresTesting
import Testing

/// Pipelines on one connection: each call is a transaction of its own.
@Suite(.database, .timeLimit(.minutes(10)))
struct PipelineModeTests {
    private static let insert = PostgresStatement(name: "insert", sql: "INSERT INTO t VALUES ($1) RETURNING a")
    private static let count = PostgresStatement(name: "count", sql: "SELECT count(*) FROM t")

    private func withTable(_ body: (PostgresConnection) async throws -> Void) async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script("CREATE TABLE t (a int8 PRIMARY KEY)")
            try await body(connection)
        }
    }

    @Test func resultsStandAtTheIndexOfTheirCall() async throws {
        try await withTable { connection in
            let outcomes = try await connection.pipeline((0..<128).map { PostgresCall(Self.insert, [.int8($0)]) })
            let values = try outcomes.map { try $0.get().first?[0, as: Int64.self] }
            #expect(values == (0..<128).map { $0 })
            #expect(connection.isReusable)
        }
    }

    @Test func failureLeavesItsNeighboursAlone() async throws {
        try await withTable { connection in
            let numbers: [Int64] = [1, 2, 1, 3]
            let outcomes = try await connection.pipeline(numbers.map { PostgresCall(Self.insert, [.int8($0)]) })
            let codes = outcomes.map { outcome -> PostgresError.Code? in
                if case .failure(let error) = outcome { error.code } else { nil }
            }
            #expect(codes == [nil, nil, .uniqueViolation, nil])
            #expect(try await connection.query(Self.count).first?[0, as: Int.self] == 3)
        }
    }

    @Test func failedPreparationFailsItsCallsOnly() async throws {
        try await withTable { connection in
            let missing = PostgresStatement(name: "missing", sql: "SELECT * FROM missing")
            let calls = [PostgresCall(missing), PostgresCall(Self.count), PostgresCall(missing)]
            for _ in 0..<2 {
                let outcomes = try await connection.pipeline(calls)
                let codes = outcomes.map { outcome -> PostgresError.Code? in
                    if case .failure(let error) = outcome { error.code } else { nil }
                }
                #expect(codes == [.undefinedTable, nil, .undefinedTable])
            }
            try await connection.script("CREATE TABLE missing (a int)")
            let outcomes = try await connection.pipeline(calls)
            #expect(try outcomes.map { try $0.get().rowCount } == [0, 1, 0])
        }
    }

    @Test func staleStatementsRunAgain() async throws {
        try await withTable { connection in
            let select = PostgresStatement(name: "select", sql: "SELECT * FROM t")
            let calls = [PostgresCall(select), PostgresCall(Self.count), PostgresCall(select)]
            _ = try await connection.pipeline(calls)
            try await connection.script("ALTER TABLE t ADD COLUMN b text")
            let outcomes = try await connection.pipeline(calls)
            #expect(try outcomes.map { try $0.get().columns.count } == [2, 1, 2])
        }
    }

    @Test func warningsBelongToTheirCall() async throws {
        try await withTable { connection in
            try await connection.script(
                """
                CREATE FUNCTION warn(int8) RETURNS int8 LANGUAGE plpgsql AS $$
                BEGIN IF $1 = 1 THEN RAISE WARNING 'one'; END IF; RETURN $1; END $$
                """
            )
            let warn = PostgresStatement(name: "warn", sql: "SELECT warn($1)")
            let outcomes = try await connection.pipeline((0..<3).map { PostgresCall(warn, [.int8($0)]) })
            #expect(try outcomes.map { try $0.get().warnings.map(\.message) } == [[], ["one"], []])
        }
    }

    @Test func deadlineCutsTheBatchShort() async throws {
        try await withTable { connection in
            let sleep = PostgresStatement(name: "sleep", sql: "SELECT pg_sleep(30)")
            let calls = [PostgresCall(Self.count), PostgresCall(sleep), PostgresCall(Self.count)]
            let outcomes = try await connection.pipeline(calls, deadline: .now + .seconds(2))
            #expect(try outcomes[0].get().rowCount == 1)
            let error = #expect(throws: PostgresError.self) { try outcomes[1].get() }
            #expect(error?.code == .deadlineExceeded)
            #expect(try outcomes[2].get().rowCount == 1)
            #expect(connection.isReusable)
        }
    }

    @Test func overdueCallsAreCancelledAlone() async throws {
        try await withTable { connection in
            let sleep = PostgresStatement(name: "sleep", sql: "SELECT pg_sleep($1)::text")
            for round in Int64(0)..<10 {
                let soon = ContinuousClock.now + .milliseconds(100 + round)
                let calls = [
                    PostgresCall(sleep, [.float8(0.1)], deadline: soon),
                    PostgresCall(Self.insert, [.int8(2 * round)]),
                    PostgresCall(sleep, [.float8(30)], deadline: soon),
                    PostgresCall(Self.insert, [.int8(2 * round + 1)]),
                    PostgresCall(sleep, [.float8(30)], deadline: soon),
                ]
                let outcomes = try await connection.pipeline(calls)
                for index in [1, 3] { #expect(try outcomes[index].get().rowCount == 1) }
                for index in [2, 4] {
                    let error = #expect(throws: PostgresError.self) { try outcomes[index].get() }
                    #expect(error?.code == .deadlineExceeded)
                }
            }
            let count = try await connection.query(Self.count).first?[0, as: Int.self]
            #expect(count == 20)
        }
    }

    @Test func brokenConnectionFailsTheRest() async throws {
        try await withTable { connection in
            let terminate = PostgresStatement(name: "terminate", sql: "SELECT pg_terminate_backend(pg_backend_pid())")
            let calls = [PostgresCall(Self.count), PostgresCall(terminate), PostgresCall(Self.count)]
            let outcomes = try await connection.pipeline(calls)
            #expect(try outcomes[0].get().rowCount == 1)
            let failures = outcomes.dropFirst().map { outcome -> PostgresError.Code? in
                if case .failure(let error) = outcome { error.code } else { nil }
            }
            #expect(failures == [.adminShutdown, .connectionLost])
            #expect(!connection.isReusable)
        }
    }

    @Test func largeBatchesDoNotBlock() async throws {
        try await withTable { connection in
            let echo = PostgresStatement(name: "echo", sql: "SELECT $1")
            let payload = [UInt8](repeating: 7, count: 300_000)
            let outcomes = try await connection.pipeline((0..<64).map { _ in PostgresCall(echo, [.bytea(payload)]) })
            for outcome in outcomes {
                let size = try outcome.get().first?[0, as: [UInt8].self].count
                #expect(size == payload.count)
            }
        }
    }

    @Test func pipelineInATransactionIsRefused() async throws {
        try await withTable { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.withTransaction { _ = try await $0.pipeline([PostgresCall(Self.count)]) }
            }
            #expect(error?.code == .misuse)
            let last = try await connection.pipeline([])
            #expect(last.isEmpty)
        }
    }
}
