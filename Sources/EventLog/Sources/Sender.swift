import WebhookSignatures

/// How the deliveries of one connector are signed, read and kept.
package struct Sender: Sendable {
    /// The connector's name.
    package let name: ConnectorName
    /// The signature of the deliveries; nil where it is described in the settings of each source.
    private let signature: SignatureScheme?
    /// How its events say what they are.
    package let envelope: Envelope
    /// Whether its deliveries only name the objects that changed, which are then fetched.
    ///
    /// Such a delivery has no id and two equal ones may be two changes, so each is an event of its own.
    package let isThin: Bool
    /// The headers that are kept beside those of the signature, in lower case.
    package let keptHeaders: Set<String>
    private let findChallenge: (@Sendable ([UInt8]) -> String?)?

    /// A longer delivery is no question of a sender, and a longer challenge is not repeated.
    private static let questionLimit = 4096
    private static let challengeLimit = 1024

    /// Creates a sender.
    ///
    /// - Parameters:
    ///   - signature: The signature of the deliveries; nil where it is described in the settings of each source.
    ///   - challenge: Finds in a delivery the challenge by which the sender asks whether the address is the receiver's.
    package init(
        _ name: ConnectorName,
        signature: SignatureScheme?,
        envelope: Envelope,
        isThin: Bool = false,
        keptHeaders: Set<String> = [],
        challenge: (@Sendable ([UInt8]) -> String?)? = nil
    ) {
        self.name = name
        self.signature = signature
        self.envelope = envelope
        self.isThin = isThin
        self.keptHeaders = keptHeaders
        findChallenge = challenge
    }

    /// The challenge by which the sender asks in a delivery whether the address is the receiver's, which must be repeated and
    /// is no event; nil for every other delivery.
    package func challenge(in body: [UInt8]) -> String? {
        guard let findChallenge, body.count <= Self.questionLimit, let challenge = findChallenge(body),
            challenge.utf8.count <= Self.challengeLimit
        else { return nil }
        return challenge
    }

    /// Whether the signature is described in the settings of each source.
    package var isDescribedBySource: Bool { signature == nil }

    /// The signature that the deliveries to a source bear.
    ///
    /// Throws `invalidArgument` when the settings must describe it and do not, or not soundly.
    package func scheme(_ settings: SourceSettings) throws(EventLogError) -> SignatureScheme {
        if let signature { return signature }
        guard let hmac = settings.hmac else {
            throw EventLogError(.invalidArgument, detail: "connector \(name) needs a description of the signature.")
        }
        return try hmac.scheme()
    }
}

/// The senders that this build knows.
package struct Senders: Sendable {
    /// All of them, in the order in which a list should show them.
    package let all: [Sender]
    private let byName: [ConnectorName: Sender]

    /// Creates the list; of several with one name the first counts.
    package init(_ all: [Sender]) {
        self.all = all
        byName = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The names, for a message.
    package var names: String { all.map(\.name.rawValue).joined(separator: ", ") }

    /// The sender of that name; throws `unknownConnector`, so that a source of one that this build does not know lets
    /// nothing in.
    package func sender(_ name: ConnectorName) throws(EventLogError) -> Sender {
        guard let sender = byName[name] else { throw EventLogError(.unknownConnector, detail: "Use one of \(names).") }
        return sender
    }
}
