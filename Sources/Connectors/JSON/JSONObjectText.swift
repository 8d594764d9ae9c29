/// Builds the text of a JSON object member by member.
package struct JSONObjectText: Sendable {
    private var members: [String] = []

    /// The text of the object.
    var text: String { "{" + members.joined(separator: ",") + "}" }

    /// Adds a member whose value is JSON text.
    mutating func append(_ name: String, json: String) {
        members.append(Self.quoted(name) + ":" + json)
    }

    /// Adds a member.
    mutating func append(_ name: String, _ value: String) {
        append(name, json: Self.quoted(value))
    }

    /// A string as JSON text.
    package static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\u{0}"..<" ": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
