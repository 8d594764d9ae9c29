import Foundation
import Postgres

/// Writes events as JSON.
///
/// PostgreSQL writes the fields; the payload is the body's own text, so that numbers, repeated keys and spelling come
/// out as they were sent. A body that PostgreSQL could read as jsonb is valid JSON in UTF-8; where it could only after
/// characters were replaced, so that other readers could not either, the payload is the text with those.
enum EventRendering {
    /// Appends the event of a row of `list_events`, `list_entity_events` or `read_event`; the exact body only where it is
    /// asked for, as text where it is UTF-8, else in base64.
    static func append(
        _ row: PostgresRow,
        workspace: WorkspaceID,
        showsBody: Bool = false,
        to text: inout JSONText
    ) throws(PostgresError) {
        guard let fields = try row.decode("fields", as: [UInt8]?.self), fields.count > 2 else {
            throw PostgresError(.decoding, serverMessage: "an event has no fields")
        }
        let source = SourceID(workspace: workspace, number: try row["source_id"])
        text.append(fields.dropLast())
        text.append(member: "source_id")
        text.append(string: source.description)
        text.append(member: "payload")
        if try row["is_json"] {
            if let mended = try row.decode("mended", as: [UInt8]?.self) {
                text.append(mended)
            } else {
                text.append(try row.decode("body", as: [UInt8].self))
            }
        } else {
            text.append("null")
        }
        if showsBody { appendBody(try row["body"], to: &text) }
        text.append("}")
    }

    private static func appendBody(_ body: [UInt8], to text: inout JSONText) {
        let isText = String(validating: body, as: UTF8.self) != nil
        text.append(member: "body_encoding")
        text.append(string: isText ? "utf-8" : "base64")
        text.append(member: "body")
        text.append(string: isText ? body : Array(Data(body).base64EncodedData()))
    }
}
