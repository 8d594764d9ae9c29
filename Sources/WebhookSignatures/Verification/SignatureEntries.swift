/// The decoded candidates of a signature header, by kind.
///
/// Entries of an unknown version, of the wrong length or that do not decode are left out: they can match nothing.
struct SignatureEntries {
    /// The size of an Ed25519 signature in bytes.
    static let publicKeySignatureByteCount = 64

    /// Candidates for an HMAC, each as long as the scheme's algorithm gives.
    private(set) var codes: [[UInt8]] = []
    /// Candidates for an Ed25519 signature.
    private(set) var publicKeySignatures: [[UInt8]] = []
    /// The timestamp inside the header, in schemes that keep it there.
    private(set) var timestampText: String?

    /// Reads a header's bytes; `nil` when there are too many entries or not exactly one timestamp where one is needed.
    init?(_ value: [UInt8], scheme: SignatureScheme) {
        let entries =
            switch scheme.entries {
            case .single: [value[...]]
            case .commaList, .timestampedPairs: value.split(separator: ASCII.comma)
            case .versionedList: value.split(separator: ASCII.space)
            }
        guard entries.count <= ReceivedSignature.maximumEntryCount else { return nil }
        switch scheme.entries {
        case .single(let prefix), .commaList(let prefix): readPrefixed(entries, prefix: prefix, scheme)
        case .versionedList: readVersioned(entries, scheme)
        case .timestampedPairs: guard readPairs(entries, scheme) else { return nil }
        }
    }

    private mutating func readPrefixed(_ entries: [ArraySlice<UInt8>], prefix: String, _ scheme: SignatureScheme) {
        for (index, entry) in entries.enumerated() {
            if entry.starts(with: prefix.utf8) {
                addCode(entry.dropFirst(prefix.utf8.count), scheme)
            } else if index > 0 {
                addCode(entry, scheme)
            }
        }
    }

    private mutating func readVersioned(_ entries: [ArraySlice<UInt8>], _ scheme: SignatureScheme) {
        for (version, text) in entries.compactMap({ Self.divide($0, at: ASCII.comma) }) {
            if version.elementsEqual("v1".utf8) {
                addCode(text, scheme)
            } else if version.elementsEqual("v1a".utf8), let bytes = scheme.encoding.decode(text),
                bytes.count == Self.publicKeySignatureByteCount
            {
                publicKeySignatures.append(bytes)
            }
        }
    }

    private mutating func readPairs(_ entries: [ArraySlice<UInt8>], _ scheme: SignatureScheme) -> Bool {
        for (name, text) in entries.compactMap({ Self.divide($0, at: ASCII.equals) }) {
            if name.elementsEqual("t".utf8) {
                guard timestampText == nil else { return false }
                timestampText = String(decoding: text, as: UTF8.self)
            } else if name.elementsEqual("v1".utf8) {
                addCode(text, scheme)
            }
        }
        return timestampText != nil
    }

    private mutating func addCode(_ text: ArraySlice<UInt8>, _ scheme: SignatureScheme) {
        guard let code = scheme.encoding.decode(text), code.count == scheme.algorithm.byteCount else { return }
        codes.append(code)
    }

    private static func divide(
        _ entry: ArraySlice<UInt8>,
        at separator: UInt8
    ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
        guard let index = entry.firstIndex(of: separator) else { return nil }
        return (entry[..<index], entry[(index + 1)...])
    }
}
