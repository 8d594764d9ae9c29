import Postgres

/// A statement that answers a request, with what it is given besides the key.
struct Read {
    let statement: PostgresStatement
    var parameters: [PostgresParameter] = []
    /// What is said of other outcomes than success.
    var refusing = Refusing()
}
