import Foundation
import HTTPServer
import Postgres
import PostgresTesting
import Testing

/// A command goes before the projectors that work on the same read model.
@Suite(.timeLimit(.minutes(10)))
struct CommandPrecedenceTests {
    private static let flag = "hooklog.command_flag((SELECT workspace_id FROM hooklog.workspace))"

    @Test func projectorYieldsToAFlagThatIsUp() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            try await server.appendOnly([.customer("cus_1", 7)])
            let building = try await server.number("SELECT hooklog.start_rebuild('directory')")
            try await server.database.withConnection { connection in
                _ = try await connection.script("BEGIN; SELECT pg_advisory_xact_lock_shared(\(Self.flag))")
                #expect(try await server.project() == "busy")
                let workspace = server.workspace.id.rawValue
                let step = "SELECT outcome FROM hooklog.project(\(workspace), 'directory', \(building), 100, 1000000)"
                #expect(try await server.texts(step) == ["folded"])
                _ = try await connection.script("COMMIT")
            }
            #expect(try await server.project() == "folded")
        }
    }

    @Test func noStepOvertakesACommandThatWaits() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            try await server.appendOnly([.customer("cus_1", 7)])
            let workspace = server.workspace.id.rawValue
            try await server.database.withConnection { connection in
                let step = """
                    SELECT outcome FROM hooklog.projection_generation AS g CROSS JOIN LATERAL hooklog.project(
                        \(workspace), 'directory', g.generation, 100, 1000000) AS p WHERE g.state = 'active'
                    """
                _ = try await connection.script("BEGIN; \(step)")
                async let reply = writer.post("customers", #"{"name":"B"}"#)
                try await server.untilWaiting(1)
                #expect(try await server.project() == "busy")
                _ = try await connection.script("COMMIT")
                #expect(try await reply.json["display_id"] == 8)
            }
        }
    }

    @Test func commandThatWaitsForTheHeadHasRaisedItsFlag() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            try await server.database.withConnection { connection in
                _ = try await connection.script("BEGIN; SELECT FROM hooklog.log_head FOR UPDATE")
                async let reply = writer.post("customers", #"{"name":"B"}"#)
                try await server.untilWaiting(1)
                #expect(try await server.texts("SELECT pg_try_advisory_xact_lock(\(Self.flag))::text") == ["false"])
                _ = try await connection.script("COMMIT")
                _ = try await reply
            }
        }
    }

    /// With a log that grows all the time and projectors that never rest, no command waits too long for a lock (503).
    @Test func commandsDoNotStarveBehindABacklog() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            try await Self.underLoad(server) {
                for number in 0..<20 {
                    let reply = try await writer.post("customers", #"{"name":"B \#(number)"}"#)
                    #expect(reply.status == 201)
                }
            }
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    /// Keeps four projectors and a sender at work while `body` runs.
    private static func underLoad(
        _ server: QueryServer,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            let pool = PostgresPool(
                PostgresPoolConfiguration(patient: server.database.configuration, size: 5),
                logger: ServerFixture.logger
            )
            let (sending, projecting) = (Self.sending(server, events: 5), Self.projecting(server))
            for statement in [sending, projecting, projecting, projecting, projecting] {
                group.addTask {
                    while !Task.isCancelled { _ = try? await pool.query(statement) }
                }
            }
            try await body()
            group.cancelAll()
            try await group.waitForAll()
            await pool.shutdown(deadline: .now + .seconds(5))
        }
    }

    private static func sending(_ server: QueryServer, events: Int) -> PostgresStatement {
        PostgresStatement(
            name: "sending",
            sql: """
                SELECT count(*) FROM (
                    SELECT
                        array_agg(1::bigint) AS sources, array_agg('pivotal'::text) AS systems,
                        array_agg(NULL::text) AS missing, array_agg(gen_random_uuid()::text) AS ids,
                        array_agg('contact.created'::text) AS types, array_agg('contact'::text) AS kinds,
                        array_agg(NULL::timestamptz) AS times, array_agg(true) AS modes,
                        array_agg(NULL::bigint) AS sequences, array_agg('{}'::jsonb) AS headers,
                        array_agg(convert_to(json_build_object(
                            'type', 'contact.created',
                            'data', json_build_object('object', json_build_object('id', n)))::text, 'UTF8')) AS bodies
                    FROM generate_series(1, \(events)) AS n
                ) AS e
                CROSS JOIN LATERAL hooklog.append(
                    \(server.workspace.id.rawValue), e.sources, e.systems, e.missing, e.ids, e.types, e.kinds, e.ids, e.times,
                    e.modes, e.sequences, e.headers, e.bodies)
                """
        )
    }

    private static func projecting(_ server: QueryServer) -> PostgresStatement {
        PostgresStatement(
            name: "projecting",
            sql: """
                SELECT count(*) FROM hooklog.projection_generation AS g CROSS JOIN LATERAL hooklog.project(
                    \(server.workspace.id.rawValue), 'directory', g.generation, 10, 1000000) AS p
                WHERE g.state = 'active'
                """
        )
    }

    @Test func longBacklogIsLeftToProjectors() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            let sending = Self.sending(server, events: 1000)
            for _ in 0..<21 { _ = try await server.pool.query(sending) }
            let refused = try await writer.post("customers", #"{"name":"B"}"#)
            #expect(refused.status == 503)
            #expect(refused.code == "read_model_behind")
            #expect(refused.headers["retry-after"] == "1")
            #expect(try await server.project() == "folded")
            #expect(try await writer.post("customers", #"{"name":"B"}"#).status == 201)
        }
    }

    /// A page of a projector need not wait for the disk, for the log can fold it again; a command's event must.
    @Test func commitOfACommandWaitsForTheDisk() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            try await server.appendOnly([.customer("cus_1", 7)])
            let (workspace, key) = (server.workspace.id.rawValue, "(SELECT key_sha256 FROM hooklog.api_key)")
            try await server.database.withConnection { connection in
                let sql = """
                    SELECT c.outcome, current_setting('synchronous_commit') FROM hooklog.api_key AS k
                    CROSS JOIN LATERAL hooklog.command_write_object(
                        \(workspace), k.key_id, \(key), NULL, NULL, NULL, false, 'POST /api/v1/customers', 'pivotal',
                        'customer', 'create', NULL, NULL, NULL, '{"name":"B"}', '{"id":null}', 201) AS c
                    """
                let row = try await connection.query(PostgresStatement(name: "command", sql: sql)).first
                #expect(try row?.decode(0, as: String.self) == "ok")
                #expect(try row?.decode(1, as: String.self) == "on")
            }
        }
    }
}
