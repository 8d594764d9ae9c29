/// Reads the headers of one set by the rules of a scheme; each function refuses what it cannot read.
struct HeaderReader {
    let headers: WebhookHeaders
    let scheme: SignatureScheme
    let set: SignatureHeaderSet

    func deliveryID() throws(VerificationError) -> String? {
        guard let name = set.id else { return nil }
        guard let id = try optionalValue(name) else {
            guard scheme.signsDeliveryID else { return nil }
            throw missing(name)
        }
        guard ReceivedSignature.isDeliveryID(id, isSigned: scheme.signsDeliveryID) else {
            throw VerificationError(.badID, header: name)
        }
        return id
    }

    func timestampText() throws(VerificationError) -> String? {
        guard let name = set.timestamp else { return nil }
        guard let text = try optionalValue(name) else { throw missing(name) }
        return text
    }

    func seconds(_ text: String?) throws(VerificationError) -> Int64? {
        guard let rule = scheme.timestamp else { return nil }
        guard let seconds = rule.seconds(text ?? "") else {
            throw VerificationError(.badTimestamp, header: set.timestamp ?? set.signature)
        }
        return seconds
    }

    func entries() throws(VerificationError) -> SignatureEntries {
        let value = try signatureValue()
        guard let entries = SignatureEntries(value, scheme: scheme) else {
            throw VerificationError(.badSignatureHeader, header: set.signature)
        }
        return entries
    }

    /// The signature header's bytes; in a list between spaces, several header lines count as one list.
    private func signatureValue() throws(VerificationError) -> [UInt8] {
        let values = headers.values(ofLowercased: set.signature)
        guard !values.isEmpty else { throw missing(set.signature) }
        guard values.count == 1 || scheme.entries == .versionedList else {
            throw VerificationError(.duplicateHeader, header: set.signature)
        }
        let byteCount = values.reduce(values.count - 1) { $0 + $1.utf8.count }
        guard byteCount <= ReceivedSignature.maximumHeaderByteCount else {
            throw VerificationError(.badSignatureHeader, header: set.signature)
        }
        return Array(values.joined(separator: " ").utf8)
    }

    private func optionalValue(_ name: String) throws(VerificationError) -> String? {
        let values = headers.values(ofLowercased: name)
        guard values.count <= 1 else { throw VerificationError(.duplicateHeader, header: name) }
        return values.first
    }

    private func missing(_ name: String) -> VerificationError {
        let others = scheme.headerSets.filter { $0 != set }.flatMap(\.names)
        let isMixed = others.contains { headers.contains(lowercased: $0) }
        return VerificationError(isMixed ? .mixedFamilies : .missingHeader, header: name)
    }
}
