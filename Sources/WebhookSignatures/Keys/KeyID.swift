/// The name under which a verifier reports a key; it is not secret and never part of a delivery.
public struct KeyID: Sendable, Hashable, RawRepresentable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The id's text.
    public let rawValue: String

    /// Creates an id from any text.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// Creates an id from a literal.
    public init(stringLiteral value: String) {
        self.rawValue = value
    }

    /// The id's text.
    public var description: String { rawValue }
}
