/// A new API key at the one moment when it can be shown.
package struct IssuedAPIKey: Sendable, CustomStringConvertible, CustomReflectable {
    /// What is kept of the key.
    package let key: APIKey
    /// The key as its holder writes it; it is kept nowhere.
    package let text: String

    /// The key's prefix.
    package var description: String { key.prefix + "…" }
    /// A mirror without the text.
    package var customMirror: Mirror { Mirror(self, children: ["key": key]) }
}
