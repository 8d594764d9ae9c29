import Postgres

/// What the comparison with the log says of a line.
enum ImportVerdict: Sendable, Hashable {
    /// An event to be appended.
    struct Event: Sendable, Hashable {
        let deliveryID: String?
        let headers: String
        /// The body; nil is the line as it is.
        let body: [UInt8]?
    }

    case append(Event)
    case unchanged
    /// To be compared again once an earlier line about the same object is in the log.
    case again
    case refused(ImportRefusal)

    /// Reads a row of `compare_import`.
    init(_ row: PostgresRow) throws(PostgresError) {
        switch try row.decode("outcome", as: String.self) {
        case "append":
            self = .append(
                Event(
                    deliveryID: try row["event_id"],
                    headers: try row["headers"],
                    body: try row["body"]
                )
            )
        case "unchanged":
            self = .unchanged
        case "again":
            self = .again
        default:
            guard let refusal = ImportRefusal(rawValue: try row["reason"]) else {
                throw PostgresError(.decoding, serverMessage: "a line was refused for an unknown reason")
            }
            self = .refused(refusal)
        }
    }
}
