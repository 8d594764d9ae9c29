/// An object or an event to be imported, as JSON.
package struct ImportLine: Sendable, Hashable {
    /// The text, without a line break at its end.
    package let bytes: [UInt8]
    /// The entity type of an object that does not say it.
    package let kind: String?
    /// Whether an object is of that type whatever it says, since it comes from a list of them.
    package let isCertain: Bool

    /// Creates a line.
    package init(_ bytes: [UInt8], kind: String? = nil, isCertain: Bool = false) {
        self.bytes = bytes
        self.kind = kind
        self.isCertain = isCertain
    }
}
