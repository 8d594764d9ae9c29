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

    /// Takes a key as it is.
    private init(_ key: SymmetricKey) {
        self.key = key
    }

    /// Makes a new key from the system's generator, which is cryptographically secure.
    package static func generate() -> MasterKey { MasterKey(SymmetricKey(size: .bits256)) }

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
