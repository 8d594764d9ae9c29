import EventLog

/// Builds the text of a JSON object member by member.
struct JSONObjectText: Sendable {
    private var members: [String] = []

    /// The text of the object.
    var text: String { "{" + members.joined(separator: ",") + "}" }

    /// Adds a member whose value is JSON text.
    mutating func append(_ name: String, json: String) {
        members.append(JSONText.quoted(name) + ":" + json)
    }

    /// Adds a member.
    mutating func append(_ name: String, _ value: String) {
        append(name, json: JSONText.quoted(value))
    }
}
