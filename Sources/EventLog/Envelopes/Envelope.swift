import Postgres

/// How a connector's events say what they are.
package struct Envelope: Sendable {
    /// The body and the headers that are kept with it, as JSON.
    package struct Parts: Sendable {
        /// The body.
        package let body: JSONPart
        /// The kept headers, an object of strings.
        package let headers: JSONPart
    }

    private let read: @Sendable (Parts) -> EventFields

    /// Creates an envelope.
    package init(_ read: @escaping @Sendable (Parts) -> EventFields) {
        self.read = read
    }

    /// Reads what an event says of itself, and its sequence where the headers say that it has one.
    ///
    /// Agrees with PostgreSQL on what the body says: of repeated names the last counts, numbers have one spelling.
    ///
    /// - Parameter headers: What is kept of the delivery's headers: a JSON object of strings.
    package func fields(of body: [UInt8], headers: String) -> EventFields {
        let headers = JSONPart(Array(headers.utf8))
        var fields = fields(of: Parts(body: JSONPart(body), headers: headers))
        let unread = self.fields(of: Parts(body: JSONPart([]), headers: headers))
        fields.unread = EventFields.Unread(
            entityType: unread.entityType,
            time: unread.time,
            sequence: unread.sequence
        )
        return fields
    }

    private func fields(of parts: Parts) -> EventFields {
        var fields = read(parts)
        fields.sequence = parts.scalar(at: "hooklog-sequence-at").flatMap(Self.sequence)
        return fields
    }

    /// A whole number of 64 bits in at most 19 digits.
    private static func sequence(_ text: String) -> Int64? {
        text.hasPrefix("+") || text.utf8.count > (text.hasPrefix("-") ? 20 : 19) ? nil : Int64(text)
    }
}

extension Envelope.Parts {
    /// A header's value.
    package func header(_ name: String) -> String? { headers[name]?.string }

    /// The string or number at the place that a reserved header names; nil where there is none.
    package func scalar(at reservedName: String) -> String? {
        guard let place = header(reservedName), let colon = place.firstIndex(of: ":") else { return nil }
        let value = place[place.index(after: colon)...]
        switch place[..<colon] {
        case "header": return header(String(value))
        case "body": return part(at: value)?.scalar
        default: return nil
        }
    }

    /// A time at the place that a reserved header names: in RFC 3339, or in seconds or milliseconds since 1970.
    package func time(at reservedName: String) -> PostgresTimestamp? {
        scalar(at: reservedName).flatMap(EventTime.any)
    }

    /// What a JSON pointer finds in the body.
    private func part(at pointer: Substring) -> JSONPart? {
        let steps = pointer.utf8.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return steps.reduce(body as JSONPart?) { part, step in
            guard let part else { return nil }
            let name = Self.name(of: Array(step))
            return part.isObject ? part[name] : Int(name).flatMap(part.element)
        }
    }

    /// What a step of a pointer names: `~1` stands for a slash, and `~0` for a tilde (RFC 6901, section 4).
    private static func name(of step: [UInt8]) -> String {
        let unslashed = step.replacing(Array("~1".utf8), with: Array("/".utf8))
        return String(decoding: unslashed.replacing(Array("~0".utf8), with: Array("~".utf8)), as: UTF8.self)
    }
}

extension JSONPart {
    /// A time in RFC 3339; nil for anything else.
    package var time: PostgresTimestamp? { string.flatMap(EventTime.internet) }
    /// A number of seconds since 1970 as a time; nil for anything else.
    package var unixTime: PostgresTimestamp? { number.flatMap(EventTime.unix) }
}
