import Connectors
import Postgres

/// A statement that answers a request, with what it is given besides the key.
struct Read {
    let statement: PostgresStatement
    var parameters: [PostgresParameter] = []
    /// What `not_found` means here.
    var notFound = PivotalError.routeNotFound
}
