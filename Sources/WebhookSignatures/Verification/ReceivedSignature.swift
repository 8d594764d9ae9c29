/// What the headers of one delivery say, read by the rules of a scheme and bounded in size; nothing is verified yet.
struct ReceivedSignature {
    /// The greatest number of bytes in the signature header, all its lines together.
    static let maximumHeaderByteCount = 8192
    /// The greatest number of entries in the signature header.
    static let maximumEntryCount = 32
    /// The greatest number of bytes in a delivery id.
    static let maximumIDByteCount = 256

    let entries: SignatureEntries
    let deliveryID: String?
    /// The timestamp as written, which is what was signed.
    let timestampText: String?
    /// The timestamp in Unix seconds.
    let timestamp: Int64?

    /// Reads the headers; checks every grammar, but neither time nor signature.
    init(headers: WebhookHeaders, scheme: SignatureScheme) throws(VerificationError) {
        let headers = headers.selecting(lowercased: scheme.headerNames)
        let set = scheme.headerSet(in: headers)
        let reader = HeaderReader(headers: headers, scheme: scheme, set: set)
        deliveryID = try reader.deliveryID()
        let timestampHeader = try reader.timestampText()
        entries = try reader.entries()
        timestampText = timestampHeader ?? entries.timestampText
        timestamp = try reader.seconds(timestampText)
    }

    /// Returns whether a text is a delivery id: 1 to 256 visible ASCII characters, and no dot where the id is signed.
    ///
    /// A dot ends the id in the signed bytes; with one inside, two different deliveries could share a signature.
    static func isDeliveryID(_ text: String, isSigned: Bool) -> Bool {
        1...maximumIDByteCount ~= text.utf8.count
            && text.utf8.allSatisfy { ASCII.isVisible($0) && !(isSigned && $0 == ASCII.dot) }
    }
}

extension SignatureScheme {
    /// Returns the set that counts: the first of which any header is present, else the one that a signer writes.
    fileprivate func headerSet(in headers: WebhookHeaders) -> SignatureHeaderSet {
        headerSets.first { $0.names.contains { headers.contains(lowercased: $0) } } ?? signingHeaders
    }
}
