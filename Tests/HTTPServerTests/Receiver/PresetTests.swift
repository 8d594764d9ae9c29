import Connectors
import EventLog
import Foundation
import Locking
import PostgresTesting
import Seeding
import Testing
import WebhookSignatures
@testable import HTTPServer

/// Every connector over HTTP, with its source, secret and log in PostgreSQL.
@Suite(.database, .timeLimit(.minutes(10)))
struct PresetTests {
    /// Each published vector is sent to a source of every connector whose senders sign so, at the time it was signed.
    @Test func publishedVectorsGiveTheirResultsAndAreKeptByteForByte() async throws {
        let clock = Locked<Int64>(0)
        try await LogFixture.with(now: { clock.withLock { $0 } }) { fixture in
            var accepted = 0
            for vector in PublishedVector.all {
                clock.withLock { $0 = vector.now ?? 0 }
                for connector in vector.connectors {
                    let source = try await fixture.makeSource(
                        connector,
                        name: "\(vector.n) \(connector)",
                        secret: vector.publicKey ?? vector.secret,
                        settings: vector.settings
                    ).source
                    let answer = try await Answer.post(
                        "/webhooks/\(source)",
                        headers: vector.headerPairs,
                        body: vector.bytes,
                        to: fixture.server
                    )
                    let isAccepted = vector.expect == "accept"
                    #expect(answer.status == (isAccepted ? 202 : 401), "\(vector.n) at \(connector)")
                    guard isAccepted else { continue }
                    accepted += 1
                    let stored = try await fixture.row(
                        "SELECT body FROM hooklog.event WHERE source_id = \(source.number)"
                    )
                    #expect(try stored.decode(0, as: [UInt8].self) == vector.bytes, "\(vector.n) at \(connector)")
                }
            }
            #expect(accepted > 50)
            #expect(PublishedVector.all.count == 33)
        }
    }

    @Test(arguments: [
        ("customer.created", "cus_01H8XYZ123ABC", "b5af167decc78936cc7a58dd166d4f08677e395caf5dcc308bddc2775a0b8b58"),
        ("payment.created", "pay_0001", "ac5969be55f01ada2fe594c1d20e37cdb91526f911cd470bb2095fb9df465e75"),
    ])
    func piriodsJoinedValuesAreVerifiedAndEqualBodiesAreEventsOfTheirOwn(
        _ vector: (event: String, id: String, signature: String)
    ) async throws {
        try await LogFixture.with { fixture in
            let source = try await fixture.makeSource(.piriod, name: "p", secret: "whsecret_example_0001").source
            let body = Array(#"{"event": "\#(vector.event)", "object_id": "\#(vector.id)"}"#.utf8)
            func send(_ signature: String) async throws -> Answer {
                try await Answer.post(
                    "/webhooks/\(source)",
                    headers: [("x-piriod-signature", signature)],
                    body: body,
                    to: fixture.server
                )
            }
            let answers = [try await send(vector.signature), try await send(vector.signature)]
            #expect(
                answers.map(\.body) == [
                    "{\"position\":1,\"status\":\"accepted\"}\n", "{\"position\":2,\"status\":\"accepted\"}\n",
                ]
            )
            let refused = try await send(String(vector.signature.dropLast()) + "0")
            #expect(refused.status == 401)
            let rows = try await fixture.texts(
                """
                SELECT concat_ws(' ', type, entity_type, entity_id, left(event_id, 5))
                FROM hooklog.event ORDER BY position
                """
            )
            #expect(rows == Array(repeating: "\(vector.event) notification \(vector.id) thin_", count: 2))
        }
    }

    /// An attacker may put another id beside a signed body: the body's hash tells that it is the same event.
    @Test(arguments: [
        (ConnectorName.github, "X-GitHub-Delivery"), (.shopify, "X-Shopify-Webhook-Id"), (.hmac, "X-Delivery"),
    ])
    func unsignedIDsMakeNoNewEvents(_ connector: ConnectorName, _ idHeader: String) async throws {
        try await LogFixture.with { fixture in
            let hmac = HMACSourceSettings(
                header: "X-Signature",
                locations: EventLocations(id: EventLocation("header:X-Delivery"), type: EventLocation("header:X-Type"))
            )
            let settings = SourceSettings(hmac: connector == .hmac ? hmac : nil)
            let (source, signer) = try await fixture.makeSource(connector, settings: settings)
            func send(_ body: String, id: String) async throws -> Answer {
                let headers = [(idHeader, id), ("X-Type", "order.paid")]
                return try await fixture.deliver(Array(body.utf8), to: source, by: signer, headers: headers)
            }
            let answers = [
                try await send(#"{"n":1}"#, id: "a"), try await send(#"{"n":1}"#, id: "b"),
                try await send(#"{"n":2}"#, id: "a"), try await send(#"{"n":2}"#, id: "a"),
            ]
            #expect(
                answers.map(\.body) == [
                    "{\"position\":1,\"status\":\"accepted\"}\n", "{\"position\":1,\"status\":\"duplicate\"}\n",
                    "{\"position\":2,\"status\":\"accepted\"}\n", "{\"position\":2,\"status\":\"duplicate\"}\n",
                ]
            )
            let kept = try await fixture.texts(
                "SELECT headers ->> '\(idHeader.lowercased())' FROM hooklog.event ORDER BY position"
            )
            #expect(kept == ["a", "a"])
            guard connector == .hmac else { return }
            let types = try await fixture.texts("SELECT concat_ws(' ', type, entity_type) FROM hooklog.event")
            #expect(types == ["order.paid order", "order.paid order"])
        }
    }

    @Test func sequenceIsReadWhereTheSourceNamesIt() async throws {
        try await LogFixture.with { fixture in
            let settings = SourceSettings(sequence: EventLocation("body:/data/object/version"))
            let (source, signer) = try await fixture.makeSource(.stripe, settings: settings)
            let body = Array(#"{"id":"evt_1","created":1700000000,"data":{"object":{"version":12}}}"#.utf8)
            #expect(try await fixture.deliver(body, to: source, by: signer).status == 202)
            #expect(try await fixture.texts("SELECT sequence::text FROM hooklog.event") == ["12"])
        }
    }

    @Test func signedIDInAHeaderIsTheEventsID() async throws {
        try await LogFixture.with { fixture in
            let timestamp = HMACTimestampSettings(header: "X-Time", signedContent: "{id}.{timestamp}.{body}")
            let settings = SourceSettings(
                hmac: HMACSourceSettings(
                    header: "X-Signature",
                    timestamp: timestamp,
                    locations: EventLocations(
                        id: EventLocation("header:X-Delivery"),
                        type: EventLocation("body:/meta/kind"),
                        time: EventLocation("body:/meta/at")
                    )
                )
            )
            let (source, signer) = try await fixture.makeSource(.hmac, settings: settings)
            for (id, body) in [("d1", 1), ("d1", 1), ("d2", 1), ("d2", 2)] {
                let bytes = Array(#"{"meta":{"kind":"order.paid","at":1700000000},"n":\#(body)}"#.utf8)
                #expect(try await fixture.deliver(bytes, id: id, to: source, by: signer).status == 202)
            }
            let events = try await fixture.texts(
                """
                SELECT concat_ws(' ', event_id, type, entity_type, extract(epoch FROM occurred_at)::bigint)
                FROM hooklog.event ORDER BY position
                """
            )
            #expect(events == ["d1 order.paid order 1700000000", "d2 order.paid order 1700000000"])
        }
    }
}
