import Crypto

/// An API key as its holder writes it: `pivotal_` or `pivotal_test_`, then 77 characters.
///
/// The characters hold the workspace, the key's identifier and 32 random bytes. A text that parses need not be a key
/// that exists. Its descriptions and mirror show the prefix only.
package struct APIKeyText: Sendable, Hashable {
    /// The workspace that the key names.
    package let workspace: WorkspaceID
    /// The key's identifier within the workspace.
    package let keyID: APIKeyID
    /// Whether the text is a live key's, else a test key's.
    package let livemode: Bool
    /// The SHA-256 of the whole text, which is what the database keeps.
    package let sha256: [UInt8]
    /// The beginning of the text, for display.
    package let prefix: String

    /// What a live key begins with.
    package static let livePrefix = "pivotal_"
    private static let testPrefix = "pivotal_test_"
    private static let livePrefixBytes = Array(livePrefix.utf8)
    private static let testPrefixBytes = Array(testPrefix.utf8)
    private static let byteCount = 48
    private static let shownDigits = 8

    /// Reads a key's text; `nil` for anything that cannot be one.
    package init?(_ text: some StringProtocol) {
        self.init(utf8: Array(text.utf8))
    }

    /// Reads a key's text, as every request does; `nil` for anything that cannot be one.
    package init?(utf8 text: [UInt8]) {
        let isTest = text.starts(with: Self.testPrefixBytes)
        let prefix = isTest ? Self.testPrefixBytes : Self.livePrefixBytes
        guard text.starts(with: prefix) else { return nil }
        guard let bytes = CrockfordBase32.decode(text[prefix.count...], count: Self.byteCount),
            let parts = BigEndian.readIdentifier(bytes)
        else { return nil }
        workspace = parts.workspace
        keyID = APIKeyID(rawValue: parts.number)
        livemode = !isTest
        sha256 = Array(SHA256.hash(data: text))
        self.prefix = String(decoding: text.prefix(prefix.count + Self.shownDigits), as: UTF8.self)
    }

    /// Makes the text of a new key from the system's generator, which is cryptographically secure.
    static func generate(workspace: WorkspaceID, livemode: Bool) -> String {
        let number = Int64.random(in: 1 ... .max)
        let random = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
        let bytes = BigEndian.identifier(workspace: workspace, number: number) + random
        return (livemode ? livePrefix : testPrefix) + CrockfordBase32.encode(bytes)
    }
}

extension APIKeyText: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The prefix.
    package var description: String { prefix + "…" }
    /// The prefix.
    package var debugDescription: String { description }
    /// A mirror with the prefix only.
    package var customMirror: Mirror { Mirror(self, children: ["prefix": prefix]) }
}
