import Foundation
import Postgres

/// What a source's operator may set.
package struct SourceSettings: Codable, Sendable, Hashable {
    /// The longest body that is taken, in bytes.
    package var maximumBodySize: Int
    /// Whether a Standard Webhooks secret may have fewer than 24 bytes.
    package var allowShortSecret: Bool
    /// The signature of a sender that has none of its own, and needed there.
    package var hmac: HMACSourceSettings?
    /// Where the objects are fetched that thin events tell of; only for senders of such.
    package var fetch: FetchSourceSettings?
    /// Where an event says its place among those of the same time; not for senders of thin events.
    package var sequence: EventLocation?

    /// The longest body that is taken unless the source says otherwise: 1 MiB.
    package static let defaultBodySize = 1 << 20
    /// The longest body that a source may allow: 25 MiB.
    package static let largestBodySize = 25 << 20

    /// Creates settings; ``validate(for:)`` checks them.
    package init(
        maximumBodySize: Int = defaultBodySize,
        allowShortSecret: Bool = false,
        hmac: HMACSourceSettings? = nil,
        fetch: FetchSourceSettings? = nil,
        sequence: EventLocation? = nil
    ) {
        self.maximumBodySize = maximumBodySize
        self.allowShortSecret = allowShortSecret
        self.hmac = hmac
        self.fetch = fetch
        self.sequence = sequence
    }

    private enum CodingKeys: String, CodingKey {
        case maximumBodySize = "maximum_body_size"
        case allowShortSecret = "allow_short_secret"
        case hmac, fetch, sequence
    }

    /// Reads what is stored; what is absent has its default.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        maximumBodySize = try container.decodeIfPresent(Int.self, forKey: .maximumBodySize) ?? Self.defaultBodySize
        allowShortSecret = try container.decodeIfPresent(Bool.self, forKey: .allowShortSecret) ?? false
        hmac = try container.decodeIfPresent(HMACSourceSettings.self, forKey: .hmac)
        fetch = try container.decodeIfPresent(FetchSourceSettings.self, forKey: .fetch)
        sequence = try container.decodeIfPresent(EventLocation.self, forKey: .sequence)
    }

    /// Reads the text that is stored.
    package init(_ text: String) throws(PostgresError) {
        do {
            self = try JSONDecoder().decode(SourceSettings.self, from: Data(text.utf8))
        } catch {
            throw PostgresError(.decoding, serverMessage: "the settings of a source are not what this build knows")
        }
    }

    /// Throws `invalidArgument` when the body size is out of range, or something is set that the sender has no use for.
    func validate(for sender: Sender) throws(EventLogError) {
        guard 1...Self.largestBodySize ~= maximumBodySize else {
            throw EventLogError(.invalidArgument, detail: "the body size must be 1 byte to 25 MiB.")
        }
        guard hmac == nil || sender.isDescribedBySource else {
            throw EventLogError(
                .invalidArgument,
                detail: "connector \(sender.name) has a signature of its own; describe none."
            )
        }
        guard fetch == nil || sender.isThin else {
            throw EventLogError(.invalidArgument, detail: "connector \(sender.name) has no objects to fetch.")
        }
        guard sequence == nil || !sender.isThin else {
            throw EventLogError(
                .invalidArgument,
                detail: "the events of connector \(sender.name) are thin and have no sequence."
            )
        }
        try fetch?.validate()
    }
}
