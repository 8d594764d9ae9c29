import Postgres

/// What became of a request in the database: the words of the SQL functions that answer requests.
enum Outcome: String {
    case unknownKey = "unknown_key"
    case revokedKey = "revoked_key"
    case insufficientScope = "insufficient_scope"
    /// The request names a workspace that is not the key's.
    case foreignWorkspace = "foreign_workspace"
    case notFound = "not_found"
    /// The object that another one hangs on.
    case parentNotFound = "parent_not_found"
    /// The object that a page is to begin or end at.
    case unknownPlace = "unknown_place"
    case noSuchPage = "no_such_page"
    /// Another object has what must be unique.
    case taken
    /// A member that the others call for is not there.
    case missing
    case unknownReference = "unknown_reference"
    /// There are as many objects as there may be.
    case limitReached = "limit_reached"
    case idempotencyKeyReused = "idempotency_key_reused"
    case idempotencyKeyInUse = "idempotency_key_in_use"
    case busy
    case behind
    case ok
}

extension PostgresResult {
    /// The one row of a statement that answers requests, with the outcome in its first column; throws `decoding` when that is not there.
    func outcome() throws(PostgresError) -> (Outcome, PostgresRow) {
        guard let row = first, let outcome = Outcome(rawValue: try row.decode(0)) else {
            throw PostgresError(.decoding)
        }
        return (outcome, row)
    }
}
