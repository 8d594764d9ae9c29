import Crypto
import Foundation

/// The key under which the secrets of sources are sealed: 32 bytes, written in base64.
///
/// Its descriptions and mirror never show the key; only ``text`` does.
package struct MasterKey: Sendable {
    let key: SymmetricKey

    private static let byteCount = 32

    /// Reads the base64 of 32 bytes; white space around it is ignored.
    ///
    /// Throws `invalidMasterKey` for anything else.
    package init(_ text: String) throws(EventLogError) {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let bytes = Data(base64Encoded: text), bytes.count == Self.byteCount else {
            throw EventLogError(.invalidMasterKey)
        }
        key = SymmetricKey(data: bytes)
    }

    /// Takes the 32 bytes of a key; throws `invalidMasterKey` when there are more or fewer.
    package init(bytes: [UInt8]) throws(EventLogError) {
        guard bytes.count == Self.byteCount else { throw EventLogError(.invalidMasterKey) }
        key = SymmetricKey(data: bytes)
    }

    private init(random bytes: [UInt8]) {
        key = SymmetricKey(data: bytes)
    }

    /// Makes a new key; the generator must be cryptographically secure, as `SystemRandomNumberGenerator` is.
    package static func generate(using generator: inout some RandomNumberGenerator) -> MasterKey {
        MasterKey(random: (0..<byteCount).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }

    /// The key in base64, to be kept safe.
    package var text: String { key.withUnsafeBytes { Data($0).base64EncodedString() } }
}

extension MasterKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The type's name.
    package var description: String { "MasterKey(redacted)" }
    /// The type's name.
    package var debugDescription: String { description }
    /// A mirror without the key.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
