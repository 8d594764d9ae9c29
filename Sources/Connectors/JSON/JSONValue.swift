import WebhookSignatures

/// A JSON value as a request carries it.
enum JSONValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// The number as it is written.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// The last of several members of one name counts, as in JavaScript.
    case object([String: JSONValue])

    /// The name of the value's type in messages.
    var typeName: String {
        switch self {
        case .null: "null"
        case .boolean: "boolean"
        case .number: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The whole number that the value is, written in any way; nil for anything else and beyond 2^53.
    var wholeNumber: Int64? {
        guard case .number(let text) = self else { return nil }
        if let number = Int64(text) { return number }
        guard let number = Double(text), abs(number) <= 9_007_199_254_740_992 else { return nil }
        return Int64(exactly: number)
    }
}

extension JSONValue: JSONRepresentable {
    static func object(members: [(name: String, value: JSONValue)]) -> JSONValue {
        .object(Dictionary(members.map { ($0.name, $0.value) }) { _, last in last })
    }
}
