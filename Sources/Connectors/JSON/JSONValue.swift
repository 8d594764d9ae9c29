import EventLog
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

    /// The value as JSON text, with the members of objects in the order of their names.
    ///
    /// Nil when the database could not keep it: a NUL in a text, or a number beyond a double's range.
    var text: String? {
        switch self {
        case .null: "null"
        case .boolean(let flag): flag ? "true" : "false"
        case .number(let text): Self.isKeepable(text) ? text : nil
        case .string(let text): text.utf8.contains(0) ? nil : JSONText.quoted(text)
        case .array(let elements): Self.joined(elements.map(\.text)).map { "[\($0)]" }
        case .object(let members):
            Self.joined(
                members.sorted { $0.key < $1.key }.map { name, value in
                    name.utf8.contains(0) ? nil : value.text.map { "\(JSONText.quoted(name)):\($0)" }
                }
            ).map { "{\($0)}" }
        }
    }

    private static func joined(_ texts: [String?]) -> String? {
        let kept = texts.compactMap(\.self)
        return kept.count == texts.count ? kept.joined(separator: ",") : nil
    }

    /// Whether a number is finite, and zero only when it is written as zero.
    private static func isKeepable(_ text: String) -> Bool {
        guard text.utf8.count <= 64, let number = Double(text), number.isFinite else { return false }
        return number != 0 || !text.prefix { $0 != "e" && $0 != "E" }.contains { ("1"..."9").contains($0) }
    }
}

extension JSONValue: JSONRepresentable {
    static func object(members: [(name: String, value: JSONValue)]) -> JSONValue {
        .object(Dictionary(members.map { ($0.name, $0.value) }) { _, last in last })
    }
}
