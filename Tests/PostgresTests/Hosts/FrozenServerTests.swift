import Foundation
import PostgresTesting
import Testing

@testable import Postgres

/// A server that freezes with connections open, on clusters of this suite's own.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct FrozenServerTests {
    private static let whereabouts = PostgresStatement(
        name: "whereabouts",
        sql: "SELECT current_setting('unix_socket_directories')"
    )

    /// Runs `body` with a frozen server and one that works, in this order in the configuration.
    private func withFrozenServer(
        _ body: (TestCluster, TestCluster, PostgresConfiguration) async throws -> Void
    ) async throws {
        let (first, second) = (try await TestCluster(), try await TestCluster.shared)
        defer {
            first.thaw()
            first.kill()
        }
        var configuration = PostgresConfiguration(
            connectionString: "host=\(first.directory.path),\(second.directory.path) user=postgres dbname=postgres"
                + " connect_timeout=60"
        )
        configuration.cancellationGrace = .milliseconds(500)
        try await body(first, second, configuration)
    }

    @Test func poolGoesOverToTheSecondHost() async throws {
        try await withFrozenServer { first, second, configuration in
            let limits = PostgresPoolConfiguration(patient: configuration, size: 3)
            let pool = PostgresPool(limits, logger: TestDatabase.logger)
            func place(_ time: Duration) async throws -> String? {
                try await pool.query(Self.whereabouts, deadline: .now + time).first?[0, as: String.self]
            }
            try await pool.withConnection { _ in
                try await pool.withConnection { _ in
                    let place = try await place(.seconds(60))
                    #expect(place == first.directory.path)
                }
            }
            #expect(pool.statistics.idle == 3)
            first.freeze()
            await #expect(throws: PostgresError.self) { try await place(.seconds(1)) }
            // Neither the host's idle connections nor its time of a minute are waited for.
            let place = try await place(.seconds(50))
            #expect(place == second.directory.path)
            await pool.shutdown(deadline: .now + .seconds(10))
        }
    }

    @Test func pipelineGoesOverToTheSecondHost() async throws {
        try await withFrozenServer { first, second, configuration in
            var limits = PostgresPipelineConfiguration(connection: configuration)
            limits.lanes = 1
            let pipeline = PostgresPipeline(limits, logger: TestDatabase.logger)
            func place(_ time: Duration) async throws -> String? {
                try await pipeline.query(Self.whereabouts, deadline: .now + time).first?[0, as: String.self]
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await pipeline.run() }
                let before = try await place(.seconds(60))
                #expect(before == first.directory.path)
                first.freeze()
                await #expect(throws: PostgresError.self) { try await place(.seconds(1)) }
                let after = try await place(.seconds(50))
                #expect(after == second.directory.path)
                pipeline.close()
                try await group.waitForAll()
            }
        }
    }
}
