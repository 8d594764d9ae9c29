/// How one kind of sender signs its deliveries: the pinned rules that a verifier and a signer follow.
///
/// A scheme is data for one engine. It fixes the header names, the grammar of the signature header, the encoding, the
/// algorithm, how a secret's text becomes key bytes, which bytes are signed, and where time and delivery id come
/// from. Nothing in a request can change any of it.
///
///                   header names     grammar          signed bytes
///     headers  ──▶  id, timestamp ─▶ candidates ─┐
///                        │                       ├──▶ equal in constant time? ──▶ VerifiedDelivery
///     body     ──────────┴──▶ content ──▶ MAC ───┘
///
/// Take a preset (``standardWebhooks``, ``svix``, ``github``, ``stripe``, ``shopify``, ``slack`` and others), look one
/// up by its stored name with ``preset(named:)``, or describe another HMAC scheme with ``hmac(_:)``.
public struct SignatureScheme: Sendable, Hashable {
    /// The scheme's stable name, such as `standard-webhooks`; `hmac` for every scheme made with ``hmac(_:)``.
    public let name: String
    /// How far a delivery's timestamp may be from the clock; `nil` when the scheme signs no time.
    public var tolerance: TimestampTolerance? { timestamp?.tolerance }
    /// Whether the delivery id is covered by the signature, so that it can be trusted to recognise duplicates.
    public let signsDeliveryID: Bool
    /// Whether secrets and keys are written as Standard Webhooks writes them (`whsec_`, `whpk_`, `whsk_`).
    public var usesStandardWebhooksKeys: Bool { keyFormat == .standardWebhooks }

    /// The lower-case names of all headers that verification reads; it needs no others.
    public let headerNames: [String]

    /// The header sets in order of preference; the first of which any header is present is the one that counts.
    let headerSets: [SignatureHeaderSet]
    let entries: EntryGrammar
    let algorithm: HMACAlgorithm
    let encoding: SignatureEncoding
    let keyFormat: KeyFormat
    let content: SignedContent
    private(set) var timestamp: TimestampRule?
    /// The set a signer writes.
    let signingHeaders: SignatureHeaderSet

    /// Creates a scheme whose signers write `headers`, and whose verifiers read them or the ones that are accepted instead.
    init(
        name: String,
        headers: SignatureHeaderSet,
        acceptedHeaders: [SignatureHeaderSet]? = nil,
        entries: EntryGrammar = .single(prefix: ""),
        algorithm: HMACAlgorithm = .sha256,
        encoding: SignatureEncoding = .hex,
        keyFormat: KeyFormat = .text,
        content: SignedContent = .body,
        timestamp: TimestampRule? = nil,
        signsDeliveryID: Bool = false
    ) {
        self.name = name
        self.headerSets = acceptedHeaders ?? [headers]
        self.headerNames = headerSets.flatMap(\.names)
        self.signingHeaders = headers
        self.entries = entries
        self.algorithm = algorithm
        self.encoding = encoding
        self.keyFormat = keyFormat
        self.content = content
        self.timestamp = timestamp
        self.signsDeliveryID = signsDeliveryID
    }

    /// Returns this scheme with another tolerance for timestamps.
    ///
    /// - Throws: `no_timestamp` when the scheme signs no time, because the tolerance would then protect nothing.
    public func withTolerance(_ tolerance: TimestampTolerance) throws(SignatureError) -> SignatureScheme {
        guard timestamp != nil else {
            throw SignatureError(
                .noTimestamp,
                "Scheme \(name) signs no timestamp, so it cannot have a tolerance. Leave the tolerance out."
            )
        }
        var scheme = self
        scheme.timestamp?.tolerance = tolerance
        return scheme
    }
}
