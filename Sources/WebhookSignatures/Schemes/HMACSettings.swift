/// The description of an HMAC scheme that has no preset.
public struct HMACSettings: Sendable, Hashable {
    /// A timestamp header that the signature covers.
    public struct Timestamp: Sendable, Hashable {
        /// The name of the header that holds the time.
        public var header: String
        /// The unit of the time.
        public var unit: TimestampUnit
        /// How far the time may be from the clock.
        public var tolerance: TimestampTolerance
        /// The signed bytes as text with `{timestamp}` and `{body}`, such as `v0:{timestamp}:{body}`; with `{id}` in it the
        /// delivery id is signed too.
        public var signedContent: String

        /// Creates a timestamp description.
        public init(
            header: String,
            unit: TimestampUnit = .seconds,
            tolerance: TimestampTolerance = .standard,
            signedContent: String = "{timestamp}.{body}"
        ) {
            self.header = header
            self.unit = unit
            self.tolerance = tolerance
            self.signedContent = signedContent
        }
    }

    /// The name of the header that holds the signature.
    public var signatureHeader: String
    /// The algorithm of the signature.
    public var algorithm: HMACAlgorithm
    /// The encoding of the signature.
    public var encoding: SignatureEncoding
    /// The text in front of the signature, such as `sha256=`; often empty.
    public var prefix: String
    /// Whether the header may hold several signatures between commas, as senders do while a secret is rotated.
    public var acceptsSeveralSignatures: Bool
    /// The signed time; without it the body alone is signed and replays look genuine.
    public var timestamp: Timestamp?
    /// The name of a header with a delivery id, which the signature covers when the signed content says so.
    public var deliveryIDHeader: String?

    /// Creates settings; without further arguments the header is the bare lower-case hex of HMAC-SHA256 of the body.
    public init(
        signatureHeader: String,
        algorithm: HMACAlgorithm = .sha256,
        encoding: SignatureEncoding = .hex,
        prefix: String = "",
        acceptsSeveralSignatures: Bool = false,
        timestamp: Timestamp? = nil,
        deliveryIDHeader: String? = nil
    ) {
        self.signatureHeader = signatureHeader
        self.algorithm = algorithm
        self.encoding = encoding
        self.prefix = prefix
        self.acceptsSeveralSignatures = acceptsSeveralSignatures
        self.timestamp = timestamp
        self.deliveryIDHeader = deliveryIDHeader
    }
}

extension SignatureScheme {
    /// Returns the scheme that the settings describe; keys are the UTF-8 of the secret's text.
    ///
    /// - Throws: `invalid_header_name`, `invalid_prefix` or `invalid_content_template`.
    public static func hmac(_ settings: HMACSettings) throws(SignatureError) -> SignatureScheme {
        let headers = try settings.headerSet()
        try settings.checkPrefix()
        var content = SignedContent.body
        var rule: TimestampRule?
        if let timestamp = settings.timestamp {
            content = try SignedContent(template: timestamp.signedContent)
            try settings.checkID(in: content)
            rule = TimestampRule(unit: timestamp.unit, tolerance: timestamp.tolerance)
        }
        return SignatureScheme(
            name: "hmac",
            headers: headers,
            entries: settings.acceptsSeveralSignatures
                ? .commaList(prefix: settings.prefix) : .single(prefix: settings.prefix),
            algorithm: settings.algorithm,
            encoding: settings.encoding,
            content: content,
            timestamp: rule,
            signsDeliveryID: content.coversID
        )
    }
}

extension HMACSettings {
    fileprivate func headerSet() throws(SignatureError) -> SignatureHeaderSet {
        let set = SignatureHeaderSet(
            signature: ASCII.lowercased(signatureHeader),
            timestamp: timestamp.map { ASCII.lowercased($0.header) },
            id: deliveryIDHeader.map(ASCII.lowercased)
        )
        let areNames = set.names.allSatisfy { 1...256 ~= $0.utf8.count && $0.utf8.allSatisfy(ASCII.isHeaderNameByte) }
        guard areNames, Set(set.names).count == set.names.count else {
            throw SignatureError(
                .invalidHeaderName,
                "The header names of the scheme must be 1 to 256 letters, digits or hyphens, and differ."
            )
        }
        return set
    }

    fileprivate func checkID(in content: SignedContent) throws(SignatureError) {
        guard !content.coversID || deliveryIDHeader != nil else {
            throw SignatureError(
                .invalidContentTemplate,
                "The signed content holds {id}, but no header with a delivery id is named. Name it."
            )
        }
    }

    fileprivate func checkPrefix() throws(SignatureError) {
        let isList = acceptsSeveralSignatures
        guard prefix.utf8.count <= 64, prefix.utf8.allSatisfy(ASCII.isVisible),
            !isList || !prefix.utf8.contains(ASCII.comma)
        else {
            throw SignatureError(
                .invalidPrefix,
                "The signature's prefix must be at most 64 visible ASCII characters, without a comma in a list."
            )
        }
    }
}
