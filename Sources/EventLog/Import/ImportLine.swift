/// An object or an event to be imported, as JSON.
package struct ImportLine: Sendable, Hashable {
    /// The text, without a line break at its end.
    package let bytes: [UInt8]
    /// The entity type of an object that does not say it.
    package let kind: String?

    /// Creates a line.
    package init(_ bytes: [UInt8], kind: String? = nil) {
        self.bytes = bytes
        self.kind = kind
    }
}
