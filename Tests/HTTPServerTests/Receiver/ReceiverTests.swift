import Connectors
import EventLog
import Testing
import WebhookSignatures

@testable import HTTPServer

@Suite(.timeLimit(.minutes(10)))
struct ReceiverTests {
    private let body = Array(#"{"test": 2432232314}"#.utf8)

    @Test func signedDeliveryIsAppendedAndAccepted() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let answer = try await fixture.deliver(body, to: server)
            #expect(answer.status == 202)
            #expect(answer.body == "{\"position\":1,\"status\":\"accepted\"}\n")
            #expect(answer.headers["hooklog-position"] == "1")
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.headers["x-content-type-options"] == "nosniff")
            let delivery = try #require(fixture.log.deliveries.first)
            #expect(delivery.source == fixture.id)
            #expect(delivery.connector == .standardWebhooks)
            #expect(delivery.deliveryID == "msg_1")
            #expect(delivery.body == body)
            #expect(delivery.headers.contains(#""webhook-id":"msg_1""#))
        }
    }

    @Test func sameDeliveryIsADuplicateAndAnotherBodyAConflict() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            _ = try await fixture.deliver(body, to: server)
            let duplicate = try await fixture.deliver(body, to: server)
            #expect(duplicate.status == 202)
            #expect(duplicate.body == "{\"position\":1,\"status\":\"duplicate\"}\n")
            let conflict = try await fixture.deliver(Array("{}".utf8), to: server)
            #expect(conflict.status == 202)
            #expect(conflict.body == "{\"position\":1,\"status\":\"conflict\"}\n")
            #expect(fixture.log.deliveries.count == 1)
        }
    }

    @Test func sameDeliveryManyTimesAtOnceIsOneEvent() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<50 {
                    group.addTask { try await fixture.deliver(body, to: server).status }
                }
                for try await status in group {
                    #expect(status == 202)
                }
            }
            #expect(fixture.log.deliveries.count == 1)
        }
    }

    @Test(arguments: ["none", "src_", "src_00000000000000000000000000", "SRC_1", "src_%00", "a/b"])
    func unknownSourceIsNotFound(_ id: String) async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let answer = try await Answer.post("/webhooks/\(id)", body: body, to: server)
            let disabled = SourceID(workspace: WorkspaceID(rawValue: 1), number: 1)
            let other = try await Answer.post("/webhooks/\(disabled)", body: body, to: server)
            #expect(answer.status == 404)
            #expect(other.status == 404)
            #expect(answer.body == other.body)
        }
    }

    @Test func unavailableDirectoryIsAnsweredWithRetryAfter() async throws {
        var fixture = try ReceiverFixture()
        fixture.sources.failure = EventLogError(.unavailable)
        let unavailable = fixture
        try await unavailable.run { server in
            let answer = try await unavailable.deliver(body, to: server)
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "2")
        }
    }

    @Test(arguments: [EventLogError.Code.queueFull, .unavailable, .cancelled, .databaseFailed])
    func logThatTakesNothingIsAnsweredWithRetryAfter(_ code: EventLogError.Code) async throws {
        let fixture = try ReceiverFixture()
        fixture.log.fail(EventLogError(code))
        try await fixture.run { server in
            let answer = try await fixture.deliver(body, to: server)
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"].flatMap { Int($0) } != nil)
            #expect(answer.headers["hooklog-position"] == nil)
            #expect(answer.body.contains(#""code":"unavailable""#))
        }
    }

    @Test(arguments: [(EventLogError.Code.refused, 422), (.unknownSource, 404), (.unknownWorkspace, 404)])
    func deliveryThatTheLogWillNeverTakeIsToldSo(_ code: EventLogError.Code, _ status: Int) async throws {
        let fixture = try ReceiverFixture()
        fixture.log.fail(EventLogError(code))
        try await fixture.run { server in
            let answer1 = try await fixture.deliver(body, to: server)
            #expect(answer1.status == status)
        }
    }

    @Test(arguments: ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "QUERY", "PURGE"])
    func otherMethodIsNotAllowed(_ method: String) async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let answer = try await Answer.post(fixture.path, method: method, to: server)
            #expect(answer.status == 405)
            #expect(answer.body.isEmpty == (method == "HEAD"))
            #expect(answer.headers["allow"] == "POST")
        }
    }

    @Test(arguments: [("gzip", 415), ("br", 415), ("identity", 202), ("Identity", 202), ("identity, gzip", 415)])
    func encodedBodyIsRefused(_ encoding: String, _ status: Int) async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let headers = try fixture.headers(body: body) + [("Content-Encoding", encoding)]
            let answer = try await Answer.post(fixture.path, headers: headers, body: body, to: server)
            #expect(answer.status == status)
        }
    }

    @Test(arguments: [(1000, 202), (1001, 413)], [false, true])
    func bodyIsTakenUpToTheLimit(_ size: (Int, Int), _ isChunked: Bool) async throws {
        let fixture = try ReceiverFixture(bodyLimit: 1000)
        try await fixture.run { server in
            let body = [UInt8](repeating: 0x61, count: size.0)
            let headers = try fixture.headers(body: body)
            let answer = try await Answer.post(
                fixture.path,
                headers: headers,
                body: body,
                isChunked: isChunked,
                to: server
            )
            #expect(answer.status == size.1)
            #expect(fixture.log.deliveries.count == (size.1 == 202 ? 1 : 0))
        }
    }

    @Test(arguments: [0, 1, 65536, 1 << 20])
    func bodyArrivesByteForByte(_ size: Int) async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let body = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let answer2 = try await fixture.deliver(body, to: server)
            #expect(answer2.status == 202)
            #expect(fixture.log.deliveries.first?.body == body)
        }
    }

    /// The source that the delivery was found good for says what is kept of it.
    @Test func deliveryIsReadAsTheSourceItWasVerifiedWith() async throws {
        var fixture = try ReceiverFixture(connector: .hmac, scheme: .github, secretText: "new")
        let current = try #require(fixture.sources.sources[fixture.id])
        let old = try SigningSecret("old", for: .github).verificationKey(id: "0", for: .github)
        fixture.sources.sources[fixture.id] = ReceivingSource(
            id: fixture.id,
            sender: try Senders.known.sender(.hmac),
            verifier: try WebhookVerifier(scheme: .github, keys: [old])
        )
        fixture.sources.newer[fixture.id] = ReceivingSource(
            id: fixture.id,
            sender: try Senders.known.sender(.hmac),
            verifier: current.verifier,
            locations: EventLocations(type: EventLocation("body:/kind"))
        )
        try await fixture.run { [fixture] server in
            let answer = try await fixture.deliver(body, to: server)
            #expect(answer.status == 202)
            let headers = try #require(fixture.log.deliveries.first?.headers)
            #expect(headers.contains(#""hooklog-type-at":"body:/kind""#))
        }
    }

    @Test func slackHandshakeIsAnsweredAndStoresNothing() async throws {
        let fixture = try ReceiverFixture(connector: .slack, scheme: .slack, secretText: "secret")
        try await fixture.run { server in
            let question = Array(#"{"token":"t","challenge":"3eZbrw1a","type":"url_verification"}"#.utf8)
            let answer = try await fixture.deliver(question, to: server)
            #expect(answer.status == 200)
            #expect(answer.body == "3eZbrw1a")
            #expect(answer.headers["content-type"]?.hasPrefix("text/plain") == true)
            #expect(fixture.log.deliveries.isEmpty)

            let forged = try await Answer.post(fixture.path, body: question, to: server)
            #expect(forged.status == 401)
            #expect(!forged.body.contains("3eZbrw1a"))
        }
    }

    @Test func otherConnectorsAnswerNoHandshake() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let question = Array(#"{"challenge":"3eZbrw1a","type":"url_verification"}"#.utf8)
            let answer3 = try await fixture.deliver(question, to: server)
            #expect(answer3.status == 202)
        }
    }
}
