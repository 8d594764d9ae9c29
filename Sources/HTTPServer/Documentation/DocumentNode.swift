import EventLog

/// A JSON value whose objects keep the order of their members, as people wrote them.
package indirect enum DocumentNode: Hashable, Sendable {
    /// A member of an object.
    package struct Member: Hashable, Sendable {
        /// The name, unescaped.
        package let name: String
        /// The value.
        package let value: DocumentNode
    }

    case null
    case boolean(Bool)
    /// A number as it is spelled.
    case number(String)
    case string(String)
    case array([DocumentNode])
    case object([Member])

    /// The member of an object with a name; nil when there is none.
    package subscript(_ name: String) -> DocumentNode? {
        get { members.first { $0.name == name }?.value }
        set { self = DocumentNode.object(members.filter { newValue != nil || $0.name != name }).adding(name, newValue) }
    }

    /// The members of an object; none of anything else.
    package var members: [Member] {
        if case .object(let members) = self { members } else { [] }
    }

    /// The elements of an array; none of anything else.
    package var elements: [DocumentNode] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The value of a string; nil of anything else.
    package var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}

extension DocumentNode {
    /// The value as JSON, two spaces deeper for each level; short arrays and objects are on one line.
    package var formatted: String { formatted(indent: 0) }

    private static let lineLength = 76

    private func formatted(indent: Int) -> String {
        let line = compact
        guard line.utf8.count + indent > Self.lineLength else { return line }
        let space = String(repeating: " ", count: indent + 2)
        let lines: [String]
        let brackets: (String, String)
        switch self {
        case .array(let elements):
            lines = elements.map { space + $0.formatted(indent: indent + 2) }
            brackets = ("[", "]")
        case .object(let members):
            lines = members.map {
                space + JSONText.quoted($0.name) + ": " + $0.value.formatted(indent: indent + 2)
            }
            brackets = ("{", "}")
        case .null, .boolean, .number, .string:
            return line
        }
        return "\(brackets.0)\n\(lines.joined(separator: ",\n"))\n\(String(repeating: " ", count: indent))\(brackets.1)"
    }

    /// The value as JSON on one line.
    package var compact: String {
        switch self {
        case .null: "null"
        case .boolean(let value): value ? "true" : "false"
        case .number(let spelling): spelling
        case .string(let text): JSONText.quoted(text)
        case .array(let elements): "[" + elements.map(\.compact).joined(separator: ", ") + "]"
        case .object(let members):
            "{" + members.map { JSONText.quoted($0.name) + ": " + $0.value.compact }.joined(separator: ", ") + "}"
        }
    }
}
