import Foundation
import Postgres

/// Writes events as JSON.
///
/// PostgreSQL writes the fields; the payload is the body's own text, so that numbers, repeated keys and spelling come
/// out as they were sent. A body that PostgreSQL could read as jsonb is valid JSON in UTF-8; where it could only after
/// characters were replaced, so that other readers could not either, the payload is the text with those.
enum EventRendering {
    /// Appends the event of a row of `list_events`, `list_entity_events` or `read_event`.
    static func append(_ row: PostgresRow, workspace: WorkspaceID, to text: inout [UInt8]) throws(PostgresError) {
        guard let fields = try row.decode("fields", as: [UInt8]?.self), fields.count > 2 else {
            throw PostgresError(.decoding, serverMessage: "an event has no fields")
        }
        let source = SourceID(workspace: workspace, number: try row["source_id"])
        text.append(contentsOf: fields.dropLast())
        JSONText.append(member: "source_id", to: &text)
        JSONText.append(string: source.description.utf8, to: &text)
        JSONText.append(member: "payload", to: &text)
        if try row["is_json"] {
            if let mended = try row.decode("mended", as: [UInt8]?.self) {
                text.append(contentsOf: mended)
            } else {
                text.append(contentsOf: try row.decode("body", as: [UInt8].self))
            }
        } else {
            text.append(contentsOf: "null".utf8)
        }
        text.append(UInt8(ascii: "}"))
    }

    /// Adds the exact body to the event that was appended last: as text where it is UTF-8, else in base64.
    static func appendBody(_ body: [UInt8], to text: inout [UInt8]) {
        text.removeLast()
        let isText = String(validating: body, as: UTF8.self) != nil
        JSONText.append(member: "body_encoding", to: &text)
        JSONText.append(string: (isText ? "utf-8" : "base64").utf8, to: &text)
        JSONText.append(member: "body", to: &text)
        if isText {
            JSONText.append(string: body, to: &text)
        } else {
            JSONText.append(string: Data(body).base64EncodedString().utf8, to: &text)
        }
        text.append(UInt8(ascii: "}"))
    }
}
