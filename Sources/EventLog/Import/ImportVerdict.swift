import Postgres

/// What the comparison with the log says of a line.
enum ImportVerdict: Sendable, Hashable {
    /// An event to be appended.
    struct Event: Sendable, Hashable {
        let deliveryID: String?
        let headers: String
        /// The body; nil is the line as it is.
        let body: [UInt8]?
        /// Whether it was made of an object.
        let isOfObject: Bool
    }

    case append(Event)
    case unchanged
    /// To be compared with the others of its round, once the lines of the rounds before are in the log.
    case again(round: Int)
    case foreign(system: String)
    case refused(ImportRefusal)

    /// Reads a row of `compare_import`.
    init(_ row: PostgresRow) throws(PostgresError) {
        switch try row.decode("outcome", as: String.self) {
        case "append":
            self = .append(
                Event(
                    deliveryID: try row["event_id"],
                    headers: try row["headers"],
                    body: try row["body"],
                    isOfObject: try row["is_object"]
                )
            )
        case "unchanged":
            self = .unchanged
        case "again":
            self = .again(round: Int(try row.decode("round", as: Int32.self)))
        default:
            if let system = try row.decode("system", as: String?.self) {
                self = .foreign(system: system)
                return
            }
            guard let refusal = ImportRefusal(rawValue: try row["reason"]) else {
                throw PostgresError(.decoding, serverMessage: "a line was refused for an unknown reason")
            }
            self = .refused(refusal)
        }
    }
}
