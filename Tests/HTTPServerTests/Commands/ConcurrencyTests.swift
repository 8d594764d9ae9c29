import EventLog
import Foundation
import Testing

/// Many clients at once: each write is decided against the present.
@Suite(.timeLimit(.minutes(10)))
struct ConcurrencyTests {
    @Test func sameEmailIsGivenOnce() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            let replies = try await writer.atOnce(64) { writer, number in
                let email = number.isMultiple(of: 2) ? "same@x.io" : "SAME@X.io"
                return try await writer.post("customers/1/contacts", #"{"name":"N","email":"\#(email)"}"#)
            }
            #expect(replies.filter { $0.status == 201 }.count == 1)
            #expect(replies.filter { $0.status == 409 && $0.code == "email_taken" }.count == 63)
            #expect(try await writer.get("customers/1/contacts").ids.count == 1)
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func numbersHaveNoGapAndNoRepeat() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            let replies = try await writer.atOnce(64) { writer, number in
                try await writer.post("customers/1/contacts", #"{"name":"N","email":"n\#(number)@x.io"}"#)
            }
            #expect(replies.allSatisfy { $0.status == 201 })
            let numbers = replies.compactMap { $0.json["display_id"] }
            #expect(Set(numbers) == Set((1...64).map { JSONValue(integerLiteral: $0) }))
            #expect(Set(replies.compactMap { $0.json["id"] }).count == 64)
            #expect(Set(replies.compactMap { $0.headers["hooklog-position"] }).count == 64)
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    @Test func onePrimaryIsLeft() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            let replies = try await writer.atOnce(32) { writer, number in
                let body = #"{"name":"N","email":"n\#(number)@x.io","is_primary":true}"#
                return try await writer.post("customers/1/contacts", body)
            }
            #expect(replies.allSatisfy { $0.status == 201 })
            #expect(try await server.number("SELECT count(*) FROM hooklog.contact WHERE is_primary") == 1)
            #expect(try await server.differencesFromRebuild() == [])
        }
    }

    /// Webhooks arrive and projectors work while commands decide.
    @Test func webhooksInBetweenAreFolded() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            let customer = try #require(try await writer.get("customers/1").json["id"]?.text)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for sender in 0..<3 {
                    group.addTask {
                        for number in 0..<30 {
                            let id = "con_\(sender)_\(number)"
                            try await server.appendOnly([
                                .child("contact", id, 1000 + sender * 100 + number, of: customer)
                            ])
                            if sender == 0 { try await server.project() }
                        }
                    }
                }
                for client in 0..<8 {
                    group.addTask {
                        for number in 0..<12 {
                            let email = "c\(client)_\(number)@x.io"
                            let reply = try await writer.post(
                                "customers/1/contacts",
                                #"{"name":"N","email":"\#(email)"}"#
                            )
                            #expect(reply.status == 201)
                            let id = try #require(reply.json["id"]?.text)
                            #expect(try await writer.get("contacts/\(id)").text == reply.text)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await server.number("SELECT max(position) - count(*) FROM hooklog.event") == 0)
            #expect(try await server.differencesFromRebuild() == [])
            #expect(try await server.number("SELECT count(*) FROM hooklog.contact") == 90 + 96)
        }
    }

    @Test func unreadWebhookIsSeenByTheNextCommand() async throws {
        try await QueryServer.withWriter { server, writer in
            let customer = try await writer.customer()
            try await server.appendOnly([
                .child("contact", "con_1", 50, of: customer, more: #","email":"taken@x.io""#)
            ])
            let reply = try await writer.post("customers/1/contacts", #"{"name":"N","email":"taken@x.io"}"#)
            #expect(reply.code == "email_taken")
            #expect(try await writer.contact("free@x.io", of: "1") != "")
            #expect(try await writer.get("contacts/51").json["email"] == "free@x.io")
        }
    }

    /// A webhook that comes while a command decides is appended after it: nothing that was decided on has changed.
    @Test func nothingIsAppendedWhileACommandDecides() async throws {
        try await QueryServer.withWriter { server, writer in
            _ = try await writer.customer()
            try await server.script(
                """
                CREATE OR REPLACE FUNCTION hooklog.new_id() RETURNS text LANGUAGE plpgsql AS $$
                BEGIN PERFORM pg_advisory_xact_lock(42); RETURN 'c_late'; END $$
                """
            )
            try await server.database.withConnection { connection in
                _ = try await connection.script("BEGIN; SELECT pg_advisory_xact_lock(42)")
                async let reply = writer.post("customers", #"{"name":"B"}"#)
                try await server.untilWaiting(1)
                async let appended: Void = server.appendOnly([.customer("cus_9", 2)])
                try await server.untilWaiting(2)
                _ = try await connection.script("COMMIT")
                #expect(try await reply.headers["hooklog-position"] == "2")
                try await appended
            }
            #expect(try await server.texts("SELECT entity_id FROM hooklog.event WHERE position = 3") == ["cus_9"])
            #expect(try await server.differencesFromRebuild() == [])
        }
    }
}
