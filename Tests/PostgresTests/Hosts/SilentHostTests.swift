import Foundation
import PostgresTesting
import Testing

@testable import Postgres

/// A host that says nothing is passed over, whatever keeps it silent.
@Suite(.database, .timeLimit(.minutes(10)))
struct SilentHostTests {
    private static let one = PostgresStatement(name: "one", sql: "SELECT 1")

    /// A connection string with a silent host in front of the test's own server.
    private func configuration(_ silent: SilentListener, more: String = "") throws -> PostgresConfiguration {
        let database = try #require(TestDatabase.current)
        let string = database.connectionString.replacing("host=", with: "host=127.0.0.1,")
        return PostgresConfiguration(connectionString: "\(string) port=\(silent.port),5432 sslmode=disable \(more)")
    }

    @Test(arguments: [SilentListener.Kind.acceptsWithoutAWord, .dropsPackets])
    func theNextHostIsTried(kind: SilentListener.Kind) async throws {
        let silent = try SilentListener(kind)
        defer { silent.close() }
        let configuration = try configuration(silent)
        let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        #expect(try await connection.query(Self.one).rowCount == 1)
        await connection.close()
    }

    @Test func itComesLastOnceItWasSilent() async throws {
        let silent = try SilentListener()
        defer { silent.close() }
        let configuration = try configuration(silent, more: "connect_timeout=60")
        configuration.silentHosts.note(
            ServerHost(name: "127.0.0.1", address: "127.0.0.1", port: String(silent.port))
        )
        let connection = try await PostgresConnection.connect(
            configuration,
            // Not enough for the silent host's time.
            deadline: .now + .seconds(50),
            logger: TestDatabase.logger
        )
        await connection.close()
    }

    @Test func itsSilenceIsRemembered() async throws {
        let silent = try SilentListener()
        defer { silent.close() }
        let configuration = try configuration(silent, more: "connect_timeout=2")
        let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
        await connection.close()
        #expect(configuration.silentHosts.contains(ServerHost(name: "127.0.0.1", port: String(silent.port))))
        #expect(!connection.isOnSilentHost)
    }

    /// A caller with less time than the host may take brings the next caller on.
    @Test func impatientCallersGoPastItTogether() async throws {
        let silent = try SilentListener()
        defer { silent.close() }
        let configuration = try configuration(silent, more: "connect_timeout=30")
        let pool = PostgresPool(PostgresPoolConfiguration(connection: configuration), logger: TestDatabase.logger)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.query(Self.one, deadline: .now + .milliseconds(1500))
        }
        #expect(error?.description.contains("host 127.0.0.1 port \(silent.port) did not answer") == true)
        #expect(try await pool.query(Self.one, deadline: .now + .seconds(25)).rowCount == 1)
        await pool.shutdown(deadline: .now + .seconds(10))
    }

    @Test func allHostsAreNamedWhenNoneAnswers() async throws {
        let silent = try SilentListener()
        defer { silent.close() }
        for (name, said) in [("127.0.0.1", "127.0.0.1"), ("localhost", "localhost (127.0.0.1)")] {
            let configuration = PostgresConfiguration(
                connectionString: "host=\(name),/nonexistent port=\(silent.port) sslmode=disable connect_timeout=2"
            )
            let error = await #expect(throws: PostgresError.self) {
                try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
            }
            #expect(error?.code == .connectionFailed)
            for host in ["host \(said) port \(silent.port) did not answer", "/nonexistent"] {
                #expect(error?.description.contains(host) == true, "\(String(describing: error))")
            }
        }
    }

    @Test func unknownNamesAreSaidAndPassedOver() async throws {
        let database = try #require(TestDatabase.current)
        let string = database.connectionString.replacing("host=", with: "host=no-such-host.invalid,")
        let connection = try await PostgresConnection.connect(
            PostgresConfiguration(connectionString: string),
            logger: TestDatabase.logger
        )
        await connection.close()
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(
                PostgresConfiguration(connectionString: "host=no-such-host.invalid"),
                logger: TestDatabase.logger
            )
        }
        #expect(error?.code == .connectionFailed)
        #expect(error?.description.contains("no-such-host.invalid") == true)
    }

    /// The order of a silent first and a good second host must not hide what kind of session is wanted.
    @Test(arguments: [("read-only", false), ("standby", false), ("read-write", true), ("prefer-standby", true)])
    func theWantedKindOfSessionCounts(kind: String, isFound: Bool) async throws {
        let silent = try SilentListener()
        defer { silent.close() }
        let configuration = try configuration(silent, more: "connect_timeout=2 target_session_attrs=\(kind)")
        do {
            let connection = try await PostgresConnection.connect(configuration, logger: TestDatabase.logger)
            await connection.close()
            #expect(isFound)
        } catch {
            #expect(!isFound && error.code == .connectionFailed, "\(error)")
        }
    }

    @Test func aWrongLoginEndsTheAttempt() async throws {
        let database = try #require(TestDatabase.current)
        let string = database.connectionString.replacing("user=postgres", with: "user=nobody")
            .replacing("host=", with: "host=\(database.cluster.directory.path),")
        let error = await #expect(throws: PostgresError.self) {
            try await PostgresConnection.connect(
                PostgresConfiguration(connectionString: string + " connect_timeout=2"),
                logger: TestDatabase.logger
            )
        }
        #expect(error?.sqlState?.rawValue == "28000")
    }
}
