import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite(.database, .timeLimit(.minutes(10)))
struct ConnectionTests {
    private func statement(_ sql: String) -> PostgresStatement { PostgresStatement(name: "test", sql: sql) }

    @Test func sessionsHaveTheirSettings() async throws {
        let database = try #require(TestDatabase.current)
        var configuration = database.configuration
        configuration.connectionString += " options='-c work_mem=7MB'"
        configuration.applicationName = "settings-test"
        configuration.sessionStatements = [PostgresStatement(name: "set_path", sql: "SET search_path = pg_catalog")]
        let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        let settings = [
            ("TimeZone", "UTC"), ("transaction_isolation", "read committed"), ("application_name", "settings-test"),
            ("client_encoding", "UTF8"), ("work_mem", "7MB"), ("search_path", "pg_catalog"),
        ]
        for (name, value) in settings {
            let result = try await connection.query(statement("SELECT current_setting($1)"), [.text(name)])
            #expect(try result.first?[0, as: String.self] == value)
        }
        await connection.close()
    }

    @Test func unknownDatabaseThrows() async throws {
        let database = try #require(TestDatabase.current)
        let configuration = PostgresConfiguration(
            connectionString: database.cluster.connectionString(database: "no_such_database")
        )
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        }
        #expect(error?.code == .undefinedDatabase)
        #expect(error?.sqlState?.rawValue == "3D000")
        #expect(String(describing: error).contains("no_such_database"))
    }

    @Test func absentServerThrowsAndNamesTheSocket() async throws {
        let configuration = PostgresConfiguration(connectionString: "host=/nonexistent password=s3cret")
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        }
        let text = String(describing: error)
        #expect(error?.code == .connectionFailed)
        #expect(text.contains("/nonexistent"))
        #expect(!text.contains("s3cret"))
    }

    @Test func secondHostIsTriedWhenTheFirstIsAbsent() async throws {
        let database = try #require(TestDatabase.current)
        var configuration = database.configuration
        configuration.connectionString = database.connectionString
            .replacing("host=", with: "host=/nonexistent,")
        let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        #expect(try await connection.query(statement("SELECT 1")).rowCount == 1)
        await connection.close()
    }

    @Test func silentServerFailsByTheDeadline() async throws {
        let listener = try SilentListener()
        defer { listener.close() }
        let configuration = PostgresConfiguration(
            connectionString: "host=127.0.0.1 port=\(listener.port) sslmode=disable"
        )
        let clock = ContinuousClock()
        let start = clock.now
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(
                configuration,
                deadline: .now + .milliseconds(200),
                logger: TestDatabase.logger
            )
        }
        #expect(error?.code == .connectionFailed)
        #expect(String(describing: error).contains("127.0.0.1"))
        #expect(clock.now - start < .seconds(20))
    }

    @Test func closedConnectionRefusesCalls() async throws {
        let database = try #require(TestDatabase.current)
        let connection = try await PostgresConnection.connect(database.configuration, logger: TestDatabase.logger)
        await connection.close()
        await connection.close()
        let error = await #expect(throws: PostgresError.self) { try await connection.query(statement("SELECT 1")) }
        #expect(error?.code == .closed)
        #expect(!connection.isReusable)
    }

    @Test func warningsAreReturnedAndNoticesAreNot() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script(
                """
                CREATE FUNCTION warn() RETURNS int LANGUAGE plpgsql AS $$
                BEGIN RAISE NOTICE 'quiet'; RAISE WARNING 'loud' USING ERRCODE = '01000'; RETURN 1; END $$
                """
            )
            let result = try await connection.query(statement("SELECT warn()"))
            #expect(result.warnings.map(\.message) == ["loud"])
            #expect(result.warnings.first?.sqlState?.rawValue == "01000")
            #expect(try await connection.query(statement("SELECT 1")).warnings.isEmpty)
            #expect(try await connection.script("SELECT warn()").count == 1)
        }
    }

    @Test func scriptErrorsNameTheLine() async throws {
        try await TestDatabase.withConnection { connection in
            let error = await #expect(throws: PostgresError.self) {
                try await connection.script("CREATE TABLE a (b int);\nCREATE TABLE c (d int);\nSELEC 1;", name: "0001")
            }
            #expect(error?.code == .syntax)
            #expect(error?.line == 3)
            #expect(error?.statement == "0001")
            let count = try await connection.query(
                statement("SELECT count(*) FROM pg_class WHERE relname IN ('a', 'c')")
            )
            #expect(try count.first?[0, as: Int.self] == 0)
        }
    }

    @Test func errorsCarryTheConstraintButNotTheValue() async throws {
        try await TestDatabase.withConnection { connection in
            try await connection.script("CREATE TABLE person (email text CONSTRAINT person_email_key UNIQUE)")
            let insert = PostgresStatement(name: "insert_person", sql: "INSERT INTO person VALUES ($1)")
            _ = try await connection.query(insert, [.text("s3cret@example.com")])
            let error = await #expect(throws: PostgresError.self) {
                try await connection.query(insert, [.text("s3cret@example.com")])
            }
            #expect(error?.code == .uniqueViolation)
            #expect(error?.constraint == "person_email_key")
            #expect(error?.table == "person")
            #expect(error?.statement == "insert_person")
            #expect(!String(reflecting: error).contains("s3cret"))
            let invalid = await #expect(throws: PostgresError.self) {
                try await connection.query(statement("SELECT $1::text::int"), [.text("s3cret")])
            }
            #expect(invalid?.code == .dataException)
            #expect(!String(reflecting: invalid).contains("s3cret"))
        }
    }

    @Test func copyAsAQueryIsRefused() async throws {
        try await TestDatabase.withConnection { connection in
            for sql in ["COPY (SELECT 1) TO STDOUT", "COPY pg_class FROM STDIN"] {
                await #expect(throws: PostgresError.self) { try await connection.query(statement(sql)) }
                await #expect(throws: PostgresError.self) { try await connection.script(sql) }
            }
            let answer = try await connection.query(statement("SELECT 1"))
            #expect(answer.rowCount == 1)
        }
    }

    @Test func terminatedSessionIsReported() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            try await database.withConnection { other in
                let terminate = statement("SELECT pg_terminate_backend($1, 5000)")
                _ = try await other.query(terminate, [.int4(connection.processID)])
                let error = await #expect(throws: PostgresError.self) {
                    try await connection.query(statement("SELECT 1"))
                }
                #expect(error?.code == .connectionLost)
                #expect(error?.nothingWasSent == true)
                #expect(!connection.isReusable)
            }
        }
    }

    @Test func closingEndsTheThread() async throws {
        let database = try #require(TestDatabase.current)
        let before = ThreadNames.count("postgres-own")
        for _ in 0..<3 {
            let connection = try await PostgresConnection.connect(
                database.configuration,
                logger: TestDatabase.logger,
                threadName: "postgres-own"
            )
            #expect(ThreadNames.count("postgres-own") > before)
            await connection.close()
        }
        try await until { ThreadNames.count("postgres-own") <= before }
    }

    @Test func releasingEndsTheThreadAndTheSession() async throws {
        let database = try #require(TestDatabase.current)
        var connection: PostgresConnection? = try await PostgresConnection.connect(
            database.configuration,
            logger: TestDatabase.logger,
            threadName: "postgres-deinit"
        )
        let processID = try #require(connection?.processID)
        connection = nil
        try await until { ThreadNames.count("postgres-deinit") == 0 }
        try await database.withConnection { observer in
            let sessions = statement("SELECT count(*) FROM pg_stat_activity WHERE pid = $1")
            while try await observer.query(sessions, [.int4(processID)]).first?[0, as: Int.self] != 0 {}
        }
    }
}
