import EventLog
import Foundation
import HTTPServer
import Postgres
import Testing

/// Every refusal, from a client's view.
@Suite(.timeLimit(.minutes(10)))
struct CommandErrorTests {
    private static let contact = #"{"name":"A","email":"a@x.io"}"#

    /// Every endpoint that writes, with a body that is right.
    private static let endpoints: [(method: String, path: String, body: String?)] = [
        ("POST", "customers", #"{"name":"A"}"#), ("PATCH", "customers/1", "{}"), ("DELETE", "customers/1", nil),
        ("POST", "customers/1/contacts", contact), ("PATCH", "contacts/1", "{}"), ("DELETE", "contacts/1", nil),
        ("POST", "onboardings", #"{"customer_id":1}"#), ("PATCH", "onboardings/1", "{}"),
        ("DELETE", "onboardings/1", nil),
    ]

    @Test func everyEndpointNeedsAKeyThatMayWrite() async throws {
        try await QueryServer.with { server in
            let reader = try await server.makeKey().text
            let writer = try await server.makeKey(scope: .write)
            _ = try await APIKeyStore(pool: server.pool).revoke(writer.key.id, in: server.workspace.id)
            let strange = String(reader.dropLast()) + (reader.last == "0" ? "8" : "0")
            for endpoint in Self.endpoints {
                for body in [endpoint.body, endpoint.body.map { _ in "{" }] {
                    for (key, status, code) in [
                        (nil, 401, "missing_api_key"), (strange, 401, "invalid_api_key"),
                        (writer.text, 401, "api_key_revoked"), (reader, 403, "insufficient_scope"),
                    ] {
                        let reply = try await server.send(
                            "/api/v1/\(endpoint.path)",
                            key: key,
                            method: endpoint.method,
                            body: body
                        )
                        #expect(reply.status == status, "\(endpoint) \(code)")
                        #expect(reply.code == code, "\(endpoint) \(code)")
                        let type = status == 401 ? "authentication_error" : "permission_error"
                        #expect(reply.json["error"]?["type"] == .string(type))
                    }
                }
            }
            #expect(try await server.eventTypes() == [])
        }
    }

    @Test func whatIsNotThereIsNotFound() async throws {
        try await QueryServer.withWriter { server, writer in
            let other = try await WorkspaceStore(pool: server.pool).create(slug: "other", name: "Other")
            let stranger = Writer(server: server, key: try await server.makeKey(scope: .write, in: other).text)
            _ = try await stranger.customer()
            let foreign = try await stranger.contact("a@x.io", of: "1")
            for (path, code) in [
                ("customers", "customer_not_found"), ("contacts", "contact_not_found"),
                ("onboardings", "onboarding_not_found"),
            ] {
                for id in ["1", "x", foreign, "99999999999999999999", "%00"] {
                    for reply in [
                        try await writer.patch("\(path)/\(id)", #"{"name":"A"}"#),
                        try await writer.delete("\(path)/\(id)"),
                    ] {
                        #expect(reply.status == 404, "\(path)/\(id)")
                        #expect(reply.code == code, "\(path)/\(id)")
                        #expect(reply.json["error"]?["type"] == "not_found")
                    }
                }
            }
            for id in ["1", "x", "acme"] {
                #expect(try await writer.post("customers/\(id)/contacts", Self.contact).code == "customer_not_found")
            }
            for id in ["1", "-1", "\"x\"", "1e400", "1.5", "\"\""] {
                #expect(try await writer.post("onboardings", #"{"customer_id":\#(id)}"#).code == "customer_not_found")
            }
            #expect(try await stranger.get("contacts/\(foreign)").json["name"] == "Alice")
            #expect(try await server.number("SELECT count(*) FROM hooklog.event") == 2)
        }
    }

    @Test(arguments: [
        ("PUT", "customers/1", "GET, HEAD, PATCH, DELETE"), ("POST", "contacts/1", "GET, HEAD, PATCH, DELETE"),
        ("DELETE", "customers", "GET, HEAD, POST"), ("PATCH", "customers/1/contacts", "GET, HEAD, POST"),
        ("POST", "me", "GET, HEAD"), ("POST", "customers/1/onboardings", "GET, HEAD"), ("POST", "contacts", ""),
    ])
    func otherMethodsAreRefused(method: String, path: String, allow: String) async throws {
        try await QueryServer.withWriter { server, writer in
            let reply = try await server.send("/api/v1/\(path)", key: writer.key, method: method, body: "{}")
            #expect(reply.status == (allow.isEmpty ? 404 : 405))
            #expect(reply.headers["allow"] ?? "" == allow)
            #expect(reply.code == (allow.isEmpty ? "route_not_found" : "method_not_allowed"))
        }
    }

    @Test func bodyIsBoundedAndPlain() async throws {
        try await QueryServer.withWriter { server, writer in
            let long = #"{"name":"A","notes":"\#(String(repeating: "x", count: 1 << 20))"}"#
            let large = try await writer.post("customers", long)
            #expect(large.status == 413)
            #expect(large.code == "content_too_large")
            #expect(large.json["error"]?["type"] == "invalid_request_error")
            let packed = try await writer.post("customers", #"{"name":"A"}"#, headers: [("Content-Encoding", "gzip")])
            #expect(packed.status == 415)
            #expect(packed.code == "unsupported_content_encoding")
            for type in ["application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded"] {
                let body = #"{"name":"\#(type)"}"#
                #expect(try await writer.post("customers", body, headers: [("Content-Type", type)]).status == 201)
            }
        }
    }

    @Test func validationComesBeforeLookup() async throws {
        try await QueryServer.withWriter { _, writer in
            let replies = [
                try await writer.post("customers/1/contacts", "{}"),
                try await writer.patch("contacts/1", #"{"name":7}"#), try await writer.patch("onboardings/1", "["),
            ]
            #expect(replies.map(\.code) == ["missing_field", "invalid_type", "invalid_json"])
        }
    }

    @Test func lockThatIsHeldIsA503() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            try await server.database.withConnection { connection in
                _ = try await connection.script("BEGIN; SELECT FROM hooklog.log_head FOR UPDATE")
                let reply = try await writer.post("customers", #"{"name":"B"}"#)
                #expect(reply.status == 503)
                #expect(reply.headers["retry-after"] == "1")
                #expect(reply.code == "database_unavailable")
                #expect(reply.json["error"]?["type"] == "internal_error")
                _ = try await connection.script("ROLLBACK")
            }
            #expect(try await writer.post("customers", #"{"name":"B"}"#).json["display_id"] == 2)
        }
    }

    @Test func pausedOrStoppedDirectoryIsA503() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            try await server.script("SELECT hooklog.pause_generation('directory')")
            let paused = try await writer.patch("customers/1", #"{"name":"B"}"#)
            #expect(paused.status == 503)
            #expect(paused.headers["retry-after"] == "1")
            try await server.script("SELECT hooklog.resume_generation('directory')")
            #expect(try await writer.patch("customers/1", #"{"name":"B"}"#).status == 200)
            try await server.script("UPDATE hooklog.checkpoint SET retry_at = now() + interval '1 hour'")
            try await server.appendOnly([.customer("cus_2", 9)])
            let stopped = try await writer.patch("customers/1", #"{"name":"C"}"#)
            #expect(stopped.status == 503)
            #expect(stopped.code == "read_model_behind")
            try await server.script("UPDATE hooklog.checkpoint SET retry_at = NULL")
            #expect(try await writer.patch("customers/1", #"{"name":"C"}"#).json["name"] == "C")
            #expect(try await writer.get("customers/9").status == 200)
        }
    }

    /// The directory begins to change over when the command has appended its event already.
    @Test func commandWhoseEventCannotBeFoldedIsUndoneAndA503() async throws {
        try await QueryServer.withWriter { server, writer in
            try await server.script(
                """
                CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    UPDATE hooklog.projection_generation SET paused_until = now() + interval '1 hour';
                    RETURN NULL;
                END $$;
                CREATE TRIGGER pause AFTER INSERT ON hooklog.delivery FOR EACH ROW EXECUTE FUNCTION pause();
                """
            )
            let refused = try await writer.post("customers", #"{"name":"A"}"#)
            #expect(refused.status == 503)
            #expect(refused.headers["retry-after"] == "1")
            try await server.script("DROP TRIGGER pause ON hooklog.delivery")
            let made = try await writer.post("customers", #"{"name":"A"}"#)
            #expect(made.headers["hooklog-position"] == "1")
        }
    }
}
