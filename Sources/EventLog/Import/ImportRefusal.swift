/// Why a line of an import is not in the log.
package enum ImportRefusal: String, Sendable, Hashable, CaseIterable {
    /// It is not JSON, or not representable in PostgreSQL.
    case notJSON = "not_json"
    /// It is JSON, but no object.
    case notAnObject = "not_object"
    /// It has no `id`.
    case noID = "no_id"
    /// It does not say what kind of object it is, or names one that its vendor does not have.
    case unknownType = "unknown_type"
    /// It is an event that only names an object.
    case thin
    /// It is an event that could not be read as JSON when it came.
    case noPayload = "no_payload"
    /// It is longer than the source takes.
    case tooLong = "too_long"
    /// The database refused it, and only it.
    case refusedByDatabase = "refused_by_database"

    /// Whether a line like that is none of the import's business, so that leaving it out is no failure.
    package var isHarmless: Bool { self == .thin || self == .noPayload }
}
