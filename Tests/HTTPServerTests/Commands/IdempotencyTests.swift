import EventLog
import Foundation
import Postgres
import Testing

/// A request that is repeated under its key is done once and answered with the same bytes.
@Suite(.timeLimit(.minutes(10)))
struct IdempotencyTests {
    private static let header = "Idempotency-Key"

    /// A creation, with bodies that differ and are both right.
    struct Creation: Sendable {
        let path: String
        let body: String
        let other: String
    }

    static let creations = [
        Creation(path: "customers", body: #"{"name":"New"}"#, other: #"{"name":"Newer"}"#),
        Creation(
            path: "customers/1/contacts",
            body: #"{"name":"A","email":"a@x.io"}"#,
            other: #"{"name":"A","email":"b@x.io"}"#
        ),
        Creation(path: "onboardings", body: #"{"customer_id":1}"#, other: #"{"customer_id":"1"}"#),
    ]

    @Test(arguments: creations) func repetitionIsAnsweredByteForByte(_ creation: Creation) async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            let headers = [(Self.header, "key 1")]
            let first = try await writer.post(creation.path, creation.body, headers: headers)
            #expect(first.status == 201)
            #expect(first.headers["idempotent-replayed"] == nil)
            // The answer is the one that was given, whatever became of the object since.
            let collection = try #require(creation.path.split(separator: "/").last)
            _ = try await writer.patch("\(collection)/\(try #require(first.json["id"]?.text))", #"{"name":"Renamed"}"#)
            let again = try await writer.post(creation.path, creation.body, headers: headers)
            #expect(again.status == 201)
            #expect(again.text == first.text)
            #expect(again.headers["hooklog-position"] == first.headers["hooklog-position"])
            #expect(again.headers["idempotent-replayed"] == "true")
            let other = try await writer.post(creation.path, creation.other, headers: headers)
            #expect(other.status == 409)
            #expect(other.code == "idempotency_key_reused")
            #expect(other.json["error"]?["type"] == "conflict")
            #expect(try await server.eventTypes().filter { $0.hasSuffix(".created") }.count == 2)
        }
    }

    @Test func keyCountsForOneEndpointWorkspaceAndMode() async throws {
        try await QueryServer.withWriter { server, writer in
            let other = try await WorkspaceStore(pool: server.pool).create(slug: "other", name: "Other")
            let writers = [
                writer, Writer(server: server, key: try await server.makeKey(livemode: false, scope: .write).text),
                Writer(server: server, key: try await server.makeKey(scope: .write, in: other).text),
                Writer(server: server, key: try await server.makeKey(scope: .admin).text),
            ]
            var customers: [String] = []
            for writer in writers {
                let reply = try await writer.post("customers", #"{"name":"A"}"#, headers: [(Self.header, "k")])
                #expect(reply.status == 201)
                customers.append(reply.text)
            }
            #expect(Set(customers).count == 3)
            #expect(customers[3] == customers[0])
            let contact = #"{"name":"A","email":"a@x.io"}"#
            #expect(try await writer.post("customers/1/contacts", contact, headers: [(Self.header, "k")]).status == 201)
        }
    }

    /// The customer of the path is the same, however its number is spelled.
    @Test func numberOfThePathHasOneSpelling() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            let contact = #"{"name":"A","email":"a@x.io"}"#
            let first = try await writer.post("customers/1/contacts", contact, headers: [(Self.header, "k")])
            let again = try await writer.post("customers/001/contacts", contact, headers: [(Self.header, "k")])
            #expect(again.status == 201)
            #expect(again.text == first.text)
            // An id that looks like a number is another customer's.
            try await server.append([.customer("+1", 2)])
            let other = try await writer.post("customers/+1/contacts", contact, headers: [(Self.header, "k")])
            #expect(other.status == 201)
            #expect(other.json["customer_id"] == "+1")
        }
    }

    @Test func failureIsNotStored() async throws {
        try await QueryServer.withWriter { server, writer in
            let headers = [(Self.header, "k")]
            let contact = #"{"name":"A","email":"a@x.io"}"#
            #expect(try await writer.post("customers/1/contacts", contact, headers: headers).status == 404)
            #expect(try await writer.post("customers/1/contacts", "{}", headers: headers).status == 400)
            _ = try await writer.customer()
            #expect(try await writer.post("customers/1/contacts", contact, headers: headers).status == 201)
            #expect(try await server.number("SELECT count(*) FROM hooklog.stored_answer") == 1)
        }
    }

    @Test func keyIsForgottenAfterADay() async throws {
        try await QueryServer.withWriter { server, writer in
            let headers = [(Self.header, "k")]
            _ = try await writer.post("customers", #"{"name":"A"}"#, headers: headers)
            try await server.script("UPDATE hooklog.stored_answer SET stored_at = stored_at - interval '23 h 59 min'")
            #expect(try await writer.post("customers", #"{"name":"B"}"#, headers: headers).status == 409)
            try await server.script("UPDATE hooklog.stored_answer SET stored_at = stored_at - interval '1 min'")
            let reply = try await writer.post("customers", #"{"name":"B"}"#, headers: headers)
            #expect(reply.status == 201)
            #expect(reply.json["display_id"] == 2)
            let again = try await writer.post("customers", #"{"name":"B"}"#, headers: headers)
            #expect(again.text == reply.text)
        }
    }

    @Test func forgottenAnswersAreDeletedInBoundedSteps() async throws {
        try await QueryServer.withWriter { server, writer in
            try await server.script(
                """
                INSERT INTO hooklog.stored_answer
                SELECT \(server.workspace.id.rawValue), true, 'POST /customers', n, '', 201, '{}', 1,
                    now() - n * interval '1 hour'
                FROM generate_series(1, 1500) AS n
                """
            )
            _ = try await writer.post("customers", #"{"name":"A"}"#, headers: [(Self.header, "k")])
            let once = "SELECT hooklog.prune_stored_answers(\(server.workspace.id.rawValue), 10)"
            #expect(try await server.number(once) == 10)
            let upkeep = WorkspaceUpkeep(pool: server.pool)
            #expect(try await upkeep.pruneStoredAnswers(in: server.workspace.id) == 1467)
            #expect(try await upkeep.pruneStoredAnswers(in: server.workspace.id) == 0)
            #expect(try await server.number("SELECT count(*) FROM hooklog.stored_answer") == 24)
        }
    }

    @Test(arguments: [
        ([""], "too_small"), (["a", "b"], "invalid_type"), ([String(repeating: "k", count: 256)], "too_big"),
        ([String(repeating: "k", count: 255)], nil), (["key with spaces, \"quotes\" and /"], nil),
    ])
    func formIsJudged(values: [String], code: String?) async throws {
        try await QueryServer.withWriter { _, writer in
            let headers = values.map { (Self.header, $0) }
            let reply = try await writer.post("customers", #"{"name":"A"}"#, headers: headers)
            #expect(reply.status == (code == nil ? 201 : 400))
            #expect(reply.code == code)
            #expect(reply.json["error"]?["field"]?.text == (code == nil ? nil : Self.header))
        }
    }

    @Test func otherMethodsIgnoreIt() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            for name in ["B", "C"] {
                let reply = try await server.send(
                    "/api/v1/customers/1",
                    key: writer.key,
                    method: "PATCH",
                    headers: [(Self.header, "k")],
                    body: #"{"name":"\#(name)"}"#
                )
                #expect(reply.json["name"] == .string(name))
            }
        }
    }

    /// The answer that a crash kept from the client is there: it was committed with what it answers.
    @Test func answerSurvivesACrashBeforeItIsSent() async throws {
        try await QueryServer.withWriter { server, writer in
            let (body, key) = (#"{"name":"A"}"#, try await server.makeKey(scope: .write))
            let secret = try await server.texts(
                "SELECT encode(key_sha256, 'hex') FROM hooklog.api_key WHERE key_id = \(key.key.id.rawValue)"
            )
            let committed = try await server.texts(
                """
                SELECT body FROM hooklog.command_write_object(
                    \(server.workspace.id.rawValue), \(key.key.id.rawValue), '\\x\(secret[0])', 'k',
                    sha256('\(body)'), NULL, false, 'POST /api/v1/customers', 'pivotal', 'customer', 'create', NULL, NULL,
                    NULL, '\(body)', '{"id":null}', 201)
                """
            )
            let reply = try await writer.post("customers", body, headers: [(Self.header, "k")])
            #expect(reply.status == 201)
            #expect(reply.text == committed[0])
            #expect(try await server.number("SELECT count(*) FROM hooklog.event") == 1)
        }
    }

    @Test func sameKeyAtOnceMakesOneRowAndOneBody() async throws {
        try await QueryServer.withWriter { server, writer in
            let replies = try await writer.atOnce(64) { writer, _ in
                try await writer.post("customers", #"{"name":"A"}"#, headers: [(Self.header, "k")])
            }
            let successes = replies.filter { $0.status == 201 }
            #expect(Set(successes.map(\.text)).count == 1)
            let rest = replies.filter { $0.status != 201 }
            #expect(rest.allSatisfy { $0.status == 409 && $0.code == "idempotency_key_in_use" })
            #expect(try await server.eventTypes() == ["customer.created"])
            let later = try await writer.post("customers", #"{"name":"A"}"#, headers: [(Self.header, "k")])
            #expect(later.text == successes.first?.text)
        }
    }

    @Test func requestIsRefusedWhileTheFirstRuns() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            try await server.database.withConnection { connection in
                _ = try await connection.script("BEGIN; SELECT FROM hooklog.log_head FOR UPDATE")
                async let first = writer.post("customers", #"{"name":"B"}"#, headers: [(Self.header, "k")])
                try await server.untilWaiting(1)
                let second = try await writer.post("customers", #"{"name":"B"}"#, headers: [(Self.header, "k")])
                #expect(second.status == 409)
                #expect(second.code == "idempotency_key_in_use")
                _ = try await connection.script("COMMIT")
                #expect(try await first.status == 201)
            }
        }
    }
}
