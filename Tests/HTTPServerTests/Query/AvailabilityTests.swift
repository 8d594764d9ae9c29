import Connectors
import HTTPServer
import Postgres
import Testing

@Suite(.timeLimit(.minutes(10)))
struct AvailabilityTests {
    @Test func slowDatabaseIsUnavailable() async throws {
        try await QueryServer.with(statementTimeout: .milliseconds(300)) { server in
            let key = try await server.makeKey().text
            try await server.database.withConnection { connection in
                _ = try await connection.script("BEGIN; LOCK TABLE hooklog.api_key IN ACCESS EXCLUSIVE MODE")
                let reply = try await server.send("/api/v1/customers", key: key)
                #expect(reply.status == 503)
                #expect(reply.json["error"]?["type"] == "internal_error")
                #expect(reply.code == "database_unavailable")
                #expect(reply.headers["retry-after"] == "1")
                #expect(try await server.send("/api/v1/health").status == 200)
                _ = try await connection.script("ROLLBACK")
            }
        }
    }

    @Test func lostConnectionsAreReplacedUnseen() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            #expect(try await server.send("/api/v1/me", key: key).status == 200)
            try await server.script(
                """
                SELECT pg_terminate_backend(pid, 5000)
                FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """
            )
            for _ in 0..<5 { #expect(try await server.send("/api/v1/me", key: key).status == 200) }
        }
    }

    @Test func missingFunctionIsTheServersFault() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.script("DROP FUNCTION hooklog.read_identity")
            let reply = try await server.send("/api/v1/me", key: key)
            #expect(reply.status == 500)
            #expect(reply.code == "internal_error")
        }
    }
}
