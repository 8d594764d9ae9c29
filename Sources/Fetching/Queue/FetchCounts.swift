import Postgres

/// How many objects wait to be fetched, in all workspaces.
struct FetchCounts: Sendable, Hashable {
    /// Those that wait or are being fetched.
    let waiting: Int64
    /// Those of them that were tried more than once.
    let failing: Int64
    /// For how many seconds the oldest has waited.
    let age: Double
}

extension FetchCounts {
    init(_ row: PostgresRow) throws(PostgresError) {
        waiting = try row["waiting"]
        failing = try row["failing"]
        age = try row["age"]
    }
}
