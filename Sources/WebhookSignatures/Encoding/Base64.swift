#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Canonical base64 (RFC 4648, standard alphabet): every byte string has exactly one accepted spelling.
///
/// Line breaks, white space, the URL-safe alphabet and non-zero trailing bits are refused.
enum Base64 {
    /// Returns the bytes the text stands for, or `nil` when it is not canonical.
    ///
    /// - Parameter allowsNoPadding: Whether the `=` at the end may be left out.
    static func decode(_ text: ArraySlice<UInt8>, allowsNoPadding: Bool = false) -> [UInt8]? {
        var padded = Data(text)
        if allowsNoPadding, padded.last != ASCII.equals {
            padded.append(contentsOf: repeatElement(ASCII.equals, count: (4 - text.count % 4) % 4))
        }
        // What decodes leniently is not what the bytes are written as.
        guard let bytes = Data(base64Encoded: padded), bytes.base64EncodedData() == padded else { return nil }
        return Array(bytes)
    }

    /// Returns the padded spelling of the bytes.
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        Data(bytes).base64EncodedString()
    }
}
