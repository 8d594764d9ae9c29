/// The header fields of one delivery, in the order received, with repeated names kept.
///
/// Names are compared without regard to ASCII case, as HTTP demands. Values are taken as they are: nothing is
/// trimmed, split or joined, so hand over every field line of the request and never a pre-joined value.
public struct WebhookHeaders: Sendable, Hashable {
    /// One header field line.
    public struct Field: Sendable, Hashable {
        /// The field's name in any case.
        public let name: String
        /// The field's value as received.
        public let value: String

        /// Creates a field.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The fields in the order received.
    public private(set) var fields: [Field]

    /// Creates headers from fields.
    public init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// Creates headers from pairs of name and value.
    public init(pairs: some Sequence<(String, String)>) {
        self.fields = pairs.map { Field(name: $0.0, value: $0.1) }
    }

    /// Adds a field after those already present, even when one has the same name.
    public mutating func append(name: String, value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// Returns every value whose name equals `name` without regard to ASCII case, in the order received.
    public func values(for name: String) -> [String] {
        values(ofLowercased: ASCII.lowercased(name))
    }
}

extension WebhookHeaders: ExpressibleByDictionaryLiteral {
    /// Creates headers from a literal; unlike in a dictionary, a repeated name is kept.
    public init(dictionaryLiteral elements: (String, String)...) {
        self.init(pairs: elements)
    }
}

extension WebhookHeaders {
    /// Returns only the fields with one of the lower-case names, so that further look-ups have little to pass over.
    func selecting(lowercased names: [String]) -> WebhookHeaders {
        WebhookHeaders(fields.filter { field in names.contains { Self.matches(field.name, $0) } })
    }

    /// Returns whether a lower-case name occurs at all.
    func contains(lowercased name: String) -> Bool {
        fields.contains { Self.matches($0.name, name) }
    }

    /// Returns the values of a lower-case name.
    func values(ofLowercased name: String) -> [String] {
        fields.filter { Self.matches($0.name, name) }.map(\.value)
    }

    private static func matches(_ name: String, _ lowercased: String) -> Bool {
        // Nearly every other name differs in its length or its ends, which cost less to look at than the whole.
        guard name.utf8.count == lowercased.utf8.count,
            name.utf8.first.map(ASCII.lowercased) == lowercased.utf8.first,
            name.utf8.last.map(ASCII.lowercased) == lowercased.utf8.last
        else { return false }
        return name == lowercased || zip(name.utf8, lowercased.utf8).allSatisfy { ASCII.lowercased($0) == $1 }
    }
}
