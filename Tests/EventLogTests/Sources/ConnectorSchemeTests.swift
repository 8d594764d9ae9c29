import Connectors
import EventLog
import Foundation
import Testing
import WebhookSignatures

struct ConnectorSchemeTests {
    @Test(arguments: [
        ("pivotal", "svix"), ("piriod", "piriod"), ("stuut", "standard-webhooks"), ("ruddr", "standard-webhooks"),
        ("standard-webhooks", "standard-webhooks"), ("github", "github"), ("stripe", "stripe"),
        ("shopify", "shopify"), ("slack", "slack"),
    ])
    func connectorHasItsScheme(connector: String, scheme: String) throws {
        let found = try Senders.known.sender(ConnectorName(rawValue: connector)).scheme(SourceSettings())
        #expect(found.name == scheme)
    }

    @Test(arguments: ["", "Pivotal", "none", "noop", "pivotal "])
    func unknownConnectorLetsNothingIn(_ name: String) {
        let error = #expect(throws: EventLogError.self) {
            try Senders.known.sender(ConnectorName(rawValue: name)).scheme(SourceSettings())
        }
        #expect(error?.code == .unknownConnector)
        #expect(error?.description.contains("standard-webhooks") == true)
    }

    @Test func hmacNeedsADescription() throws {
        let error = #expect(throws: EventLogError.self) { try Senders.known.sender(.hmac).scheme(SourceSettings()) }
        #expect(error?.code == .invalidArgument)
        let settings = SourceSettings(hmac: HMACSourceSettings(header: "X-Signature", prefix: "sha256="))
        #expect(try Senders.known.sender(.hmac).scheme(settings).headerNames.contains("x-signature"))
    }

    @Test(arguments: [
        HMACSourceSettings(header: ""), HMACSourceSettings(header: "a b"),
        HMACSourceSettings(header: "x", algorithm: "md5"), HMACSourceSettings(header: "x", encoding: "rot13"),
        HMACSourceSettings(header: "x", prefix: "\u{1}"),
        HMACSourceSettings(header: "x", timestamp: HMACTimestampSettings(header: "t", toleranceSeconds: -1)),
        HMACSourceSettings(header: "x", timestamp: HMACTimestampSettings(header: "t", signedContent: "{body}")),
    ])
    func unsoundDescriptionIsRefused(_ hmac: HMACSourceSettings) {
        let error = #expect(throws: EventLogError.self) {
            try Senders.known.sender(.hmac).scheme(SourceSettings(hmac: hmac))
        }
        #expect(error?.code == .invalidArgument)
    }

    @Test func settingsRoundTrip() throws {
        let settings = SourceSettings(
            maximumBodySize: 5,
            allowShortSecret: true,
            hmac: HMACSourceSettings(
                header: "x-sig",
                algorithm: "sha512",
                encoding: "base64",
                severalSignatures: true,
                deliveryIDHeader: "x-id",
                timestamp: HMACTimestampSettings(header: "x-time", milliseconds: true, toleranceSeconds: nil),
                locations: EventLocations(id: EventLocation("body:/a"), type: EventLocation("header:x-type")),
                handshake: .query("challenge")
            ),
            fetch: FetchSourceSettings(baseURL: "https://api.example", workspace: "acc_1", testMode: true)
        )
        let text = try JSONEncoder().encode(settings)
        #expect(try JSONDecoder().decode(SourceSettings.self, from: text) == settings)
    }

    /// Sources that an older release stored have no locations.
    @Test func storedDescriptionOfAnOlderReleaseIsRead() throws {
        let text =
            #"{"hmac":{"header":"x","algorithm":"sha1","encoding":"hex","prefix":"a=","several_signatures":false}}"#
        let settings = try JSONDecoder().decode(SourceSettings.self, from: Data(text.utf8))
        #expect(settings.hmac == HMACSourceSettings(header: "x", algorithm: "sha1", prefix: "a="))
    }

    @Test func idInAHeaderIsReadByTheScheme() throws {
        let locations = EventLocations(id: EventLocation("header:X-Event"))
        let settings = SourceSettings(hmac: HMACSourceSettings(header: "X-Sig", locations: locations))
        #expect(try Senders.known.sender(.hmac).scheme(settings).headerNames == ["x-event", "x-sig"])
    }

    @Test func absentSettingsHaveDefaults() throws {
        let settings = try JSONDecoder().decode(SourceSettings.self, from: Data("{}".utf8))
        #expect(settings == SourceSettings())
        #expect(settings.maximumBodySize == 1_048_576)
    }
}
