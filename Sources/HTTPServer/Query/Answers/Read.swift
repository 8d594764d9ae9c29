import Connectors
import Postgres

/// A statement that answers a request, with what it is given besides the key.
struct Read {
    let statement: PostgresStatement
    let parameters: [PostgresParameter]
    /// What is said of other outcomes than success.
    let refusing: any Refusing

    /// Creates a read whose refusals are Pivotal's.
    init(
        statement: PostgresStatement,
        parameters: [PostgresParameter] = [],
        notFound: PivotalError = .routeNotFound
    ) {
        self.init(statement: statement, parameters: parameters, refusing: PivotalRefusing(notFound: notFound))
    }

    /// Creates a read.
    init(statement: PostgresStatement, parameters: [PostgresParameter], refusing: any Refusing) {
        self.statement = statement
        self.parameters = parameters
        self.refusing = refusing
    }
}
