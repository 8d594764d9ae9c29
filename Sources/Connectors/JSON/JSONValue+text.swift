import EventLog

extension JSONValue {
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
