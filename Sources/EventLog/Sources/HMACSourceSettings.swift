import WebhookSignatures

/// The description of an HMAC signature, as it is stored with a source of connector `hmac`.
package struct HMACSourceSettings: Codable, Sendable, Hashable {
    /// The name of the header with the signature.
    package var header: String
    /// `sha1`, `sha256` or `sha512`.
    package var algorithm: String
    /// `hex`, `uppercase_hex` or `base64`.
    package var encoding: String
    /// The text in front of the signature, such as `sha256=`.
    package var prefix: String
    /// Whether the header may hold several signatures between commas.
    package var severalSignatures: Bool
    /// The name of a header with a delivery id, which is not signed.
    package var deliveryIDHeader: String?
    /// The signed time, when there is one.
    package var timestamp: HMACTimestampSettings?

    /// Creates a description; without further arguments the header is the hex of HMAC-SHA256 of the body.
    package init(
        header: String,
        algorithm: String = "sha256",
        encoding: String = "hex",
        prefix: String = "",
        severalSignatures: Bool = false,
        deliveryIDHeader: String? = nil,
        timestamp: HMACTimestampSettings? = nil
    ) {
        self.header = header
        self.algorithm = algorithm
        self.encoding = encoding
        self.prefix = prefix
        self.severalSignatures = severalSignatures
        self.deliveryIDHeader = deliveryIDHeader
        self.timestamp = timestamp
    }

    private enum CodingKeys: String, CodingKey {
        case header, algorithm, encoding, prefix, timestamp
        case severalSignatures = "several_signatures"
        case deliveryIDHeader = "delivery_id_header"
    }

    /// The scheme that is described; throws `invalidArgument` when a word is not known or the scheme is not sound.
    func scheme() throws(EventLogError) -> SignatureScheme {
        guard let algorithm = HMACAlgorithm(rawValue: algorithm), let encoding = SignatureEncoding(rawValue: encoding)
        else {
            throw EventLogError(.invalidArgument, detail: "the signature's algorithm or encoding is not known.")
        }
        do throws(SignatureError) {
            return try .hmac(
                HMACSettings(
                    signatureHeader: header,
                    algorithm: algorithm,
                    encoding: encoding,
                    prefix: prefix,
                    acceptsSeveralSignatures: severalSignatures,
                    timestamp: try timestamp?.settings(),
                    deliveryIDHeader: deliveryIDHeader
                )
            )
        } catch {
            throw EventLogError(.invalidArgument, detail: error.description)
        }
    }
}
