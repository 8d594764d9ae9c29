import Connectors
import EventLog
import Foundation
import HTTPTypes
import Testing
import WebhookSignatures

@testable import HTTPServer

struct KeptHeadersTests {
    private func fields(_ pairs: [(String, String)]) throws -> HTTPFields {
        HTTPFields(
            try pairs.map { HTTPField(name: try #require(HTTPField.Name($0.0)), value: $0.1) }
        )
    }

    private func kept(
        _ pairs: [(String, String)],
        connector: ConnectorName = .github,
        scheme: SignatureScheme = .github
    ) throws -> String {
        try KeptHeaders(sender: Senders.known.sender(connector), scheme: scheme).json(try fields(pairs))
    }

    private func decoded(_ json: String) throws -> [String: String] {
        try JSONDecoder().decode([String: String].self, from: Data(json.utf8))
    }

    @Test func onlyKnownHeadersAreKeptInLowerCase() throws {
        let json = try kept([
            ("Content-Type", "application/json"), ("User-Agent", "GitHub-Hookshot"), ("X-GitHub-Event", "push"),
            ("X-Hub-Signature-256", "sha256=00"), ("Authorization", "Bearer s"), ("Cookie", "a=b"), ("X-Other", "x"),
            ("X-Shopify-Topic", "orders/create"),
        ])
        #expect(
            try decoded(json) == [
                "content-type": "application/json", "user-agent": "GitHub-Hookshot", "x-github-event": "push",
                "x-hub-signature-256": "sha256=00",
            ]
        )
    }

    @Test func credentialsAreNeverKeptEvenWhenTheSchemeReadsThem() throws {
        let scheme = try SignatureScheme.hmac(HMACSettings(signatureHeader: "Authorization"))
        #expect(try kept([("Authorization", "abc")], connector: .hmac, scheme: scheme) == "{}")
    }

    @Test func vendorHeadersGoWithTheirVendor() throws {
        let shopify = try kept([("X-Shopify-Topic", "a/b")], connector: .shopify, scheme: .shopify)
        #expect(shopify == #"{"x-shopify-topic":"a/b"}"#)
        let slack = try kept([("X-Slack-Retry-Num", "1")], connector: .slack, scheme: .slack)
        #expect(slack == #"{"x-slack-retry-num":"1"}"#)
    }

    @Test func locationsAndWhatStandsThereAreKept() throws {
        let locations = EventLocations(id: EventLocation("header:X-Id"), type: EventLocation("body:/kind"))
        let headers = try KeptHeaders(sender: Senders.known.sender(.hmac), scheme: .github, locations: locations)
        let json = headers.json(
            try fields([("X-ID", "7"), ("Hooklog-Time-At", "body:/forged"), ("Hooklog-Id-At", "body:/forged")])
        )
        #expect(
            try decoded(json) == ["hooklog-id-at": "header:x-id", "hooklog-type-at": "body:/kind", "x-id": "7"]
        )
    }

    @Test func repeatedHeaderHasItsValuesBetweenCommas() throws {
        #expect(try kept([("User-Agent", "a"), ("user-agent", "b")]) == #"{"user-agent":"a, b"}"#)
    }

    @Test func valueIsEscapedAndLosesItsControlCharacters() throws {
        let json = try kept([("User-Agent", "a\"b\\c\td\u{7F}é😀")])
        #expect(try decoded(json)["user-agent"]?.contains("\u{7F}") == false)
        #expect(try decoded(json)["user-agent"]?.hasPrefix("a\"b\\c") == true)
        #expect(try decoded(json)["user-agent"]?.hasSuffix("é😀") == true)
    }

    @Test func longValueIsCutBetweenCharacters() throws {
        let json = try kept([("User-Agent", String(repeating: "é", count: 5000))])
        #expect(try decoded(json)["user-agent"] == String(repeating: "é", count: 512))
    }

    @Test func allTogetherAreBounded() throws {
        let long = String(repeating: "\"", count: 900)
        let json = try kept([
            ("Content-Type", long), ("User-Agent", long), ("X-GitHub-Event", long), ("X-GitHub-Delivery", "short"),
        ])
        #expect(json.utf8.count <= KeptHeaders.maximumByteCount)
        #expect(try decoded(json).keys.sorted() == ["content-type", "user-agent", "x-github-delivery"])
    }

    @Test func noHeadersGiveAnEmptyObject() throws {
        #expect(try kept([]) == "{}")
    }
}
