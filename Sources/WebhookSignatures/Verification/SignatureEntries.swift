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
        let isReadable =
            switch scheme.entries {
            case .single(let prefix): readSingle(value, prefix: prefix, scheme)
            case .commaList(let prefix): readCommaList(value, prefix: prefix, scheme)
            case .versionedList: readVersionedList(value, scheme)
            case .timestampedPairs: readPairs(value, scheme)
            }
        guard isReadable else { return nil }
    }

    private mutating func readSingle(_ value: [UInt8], prefix: String, _ scheme: SignatureScheme) -> Bool {
        if value.starts(with: prefix.utf8) {
            addCode(value.dropFirst(prefix.utf8.count), scheme)
        }
        return true
    }

    private mutating func readCommaList(_ value: [UInt8], prefix: String, _ scheme: SignatureScheme) -> Bool {
        guard let entries = Self.split(value, at: ASCII.comma) else { return false }
        for (index, entry) in entries.enumerated() {
            if entry.starts(with: prefix.utf8) {
                addCode(entry.dropFirst(prefix.utf8.count), scheme)
            } else if index > 0 {
                addCode(entry, scheme)
            }
        }
        return true
    }

    private mutating func readVersionedList(_ value: [UInt8], _ scheme: SignatureScheme) -> Bool {
        guard let entries = Self.split(value, at: ASCII.space) else { return false }
        for (version, text) in entries.compactMap({ Self.divide($0, at: ASCII.comma) }) {
            if version.elementsEqual("v1".utf8) {
                addCode(text, scheme)
            } else if version.elementsEqual("v1a".utf8), let bytes = scheme.encoding.decode(text),
                bytes.count == Self.publicKeySignatureByteCount
            {
                publicKeySignatures.append(bytes)
            }
        }
        return true
    }

    private mutating func readPairs(_ value: [UInt8], _ scheme: SignatureScheme) -> Bool {
        guard let entries = Self.split(value, at: ASCII.comma) else { return false }
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

    /// Returns the entries between the separators, or `nil` when there are too many.
    private static func split(_ value: [UInt8], at separator: UInt8) -> [ArraySlice<UInt8>]? {
        let entries = value.split(separator: separator)
        return entries.count <= ReceivedSignature.maximumEntryCount ? entries : nil
    }

    private static func divide(
        _ entry: ArraySlice<UInt8>,
        at separator: UInt8
    ) -> (ArraySlice<UInt8>, ArraySlice<UInt8>)? {
        guard let index = entry.firstIndex(of: separator) else { return nil }
        return (entry[..<index], entry[(index + 1)...])
    }
}
