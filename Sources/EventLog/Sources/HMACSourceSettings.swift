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
    /// The name of a header with a delivery id, which is signed when the signed content holds `{id}`.
    package var deliveryIDHeader: String?
    /// The signed time, when there is one.
    package var timestamp: HMACTimestampSettings?
    /// Where an event says what it is.
    package var locations: EventLocations
    /// The question of the sender whether the address is the receiver's, when it asks one.
    package var handshake: HandshakeQuestion?

    /// Creates a description; without further arguments the header is the hex of HMAC-SHA256 of the body.
    package init(
        header: String,
        algorithm: String = "sha256",
        encoding: String = "hex",
        prefix: String = "",
        severalSignatures: Bool = false,
        deliveryIDHeader: String? = nil,
        timestamp: HMACTimestampSettings? = nil,
        locations: EventLocations = EventLocations(),
        handshake: HandshakeQuestion? = nil
    ) {
        self.header = header
        self.algorithm = algorithm
        self.encoding = encoding
        self.prefix = prefix
        self.severalSignatures = severalSignatures
        self.deliveryIDHeader = deliveryIDHeader
        self.timestamp = timestamp
        self.locations = locations
        self.handshake = handshake
    }

    private enum CodingKeys: String, CodingKey {
        case header, algorithm, encoding, prefix, timestamp, locations, handshake
        case severalSignatures = "several_signatures"
        case deliveryIDHeader = "delivery_id_header"
    }

    /// Reads what is stored; what is absent has its default.
    package init(from decoder: any Decoder) throws {
        let members = try decoder.container(keyedBy: CodingKeys.self)
        header = try members.decode(String.self, forKey: .header)
        algorithm = try members.decode(String.self, forKey: .algorithm)
        encoding = try members.decode(String.self, forKey: .encoding)
        prefix = try members.decode(String.self, forKey: .prefix)
        severalSignatures = try members.decode(Bool.self, forKey: .severalSignatures)
        deliveryIDHeader = try members.decodeIfPresent(String.self, forKey: .deliveryIDHeader)
        timestamp = try members.decodeIfPresent(HMACTimestampSettings.self, forKey: .timestamp)
        locations = try members.decodeIfPresent(EventLocations.self, forKey: .locations) ?? EventLocations()
        handshake = try members.decodeIfPresent(HandshakeQuestion.self, forKey: .handshake)
    }

    /// The header with the delivery id: the one that is named, or the one where events have their ids.
    private var idHeader: String? {
        if let deliveryIDHeader { return deliveryIDHeader }
        if case .header(let name) = locations.id { return name }
        return nil
    }

    /// The scheme that is described; throws `invalidArgument` when a word is not known or the scheme is not sound.
    package func scheme() throws(EventLogError) -> SignatureScheme {
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
                    deliveryIDHeader: idHeader
                )
            )
        } catch {
            throw EventLogError(.invalidArgument, detail: error.description)
        }
    }
}
