/// A failure of PostgreSQL or of the way to it.
///
/// It never holds bound values: the server's message is dropped for the classes that quote data (21, 22, 23), its
/// detail always.
package struct PostgresError: Error, Sendable {
    /// The cause, to switch on.
    package let code: Code
    /// The SQLSTATE, when the server or the connection's start gave one.
    package let sqlState: SQLState?
    /// The name of the statement that was being run.
    package let statement: String?
    /// The violated constraint.
    package let constraint: String?
    /// The table concerned.
    package let table: String?
    /// The column concerned.
    package let column: String?
    /// The server's primary message, or libpq's; nil for classes that quote data.
    package let serverMessage: String?
    /// The line of a script that failed, counted from 1.
    package let line: Int?
    /// The character of a script that the server stumbled at, counted from 1.
    package let position: Int?
    /// The line, counted from 1, of the statement that a function was running when it failed.
    package let innerLine: Int?
    /// True when the failure came before anything was sent, so that the call may be repeated on another connection.
    package let nothingWasSent: Bool

    /// Makes an error of the module's own; `serverMessage` must not hold values.
    package init(
        _ code: Code,
        sqlState: SQLState? = nil,
        statement: String? = nil,
        serverMessage: String? = nil,
        nothingWasSent: Bool = false
    ) {
        self.init(
            code: code,
            diagnostics: PostgresDiagnostics(sqlState: sqlState, message: serverMessage),
            statement: statement,
            nothingWasSent: nothingWasSent
        )
    }

    init(
        code: Code,
        diagnostics: PostgresDiagnostics,
        statement: String?,
        script: String? = nil,
        nothingWasSent: Bool = false
    ) {
        self.code = code
        self.statement = statement
        self.nothingWasSent = nothingWasSent
        sqlState = diagnostics.sqlState
        constraint = diagnostics.constraint
        table = diagnostics.table
        column = diagnostics.column
        line = PostgresDiagnostics.line(of: diagnostics.position, in: script)
        position = script == nil ? nil : diagnostics.position
        innerLine = PostgresDiagnostics.line(of: diagnostics.innerPosition, in: diagnostics.innerQuery)
        serverMessage = diagnostics.sqlState?.mayQuoteData == true ? nil : diagnostics.message
    }
}

extension PostgresError {
    /// What went wrong.
    package enum Code: Sendable, Hashable, CaseIterable {
        /// No connection could be opened.
        case connectionFailed
        /// The connection broke; whether the statement took effect is unknown unless `nothingWasSent`.
        case connectionLost
        /// The server refused the role or the password.
        case authenticationFailed
        /// The database does not exist.
        case undefinedDatabase
        /// The connection string is not valid.
        case invalidConfiguration
        /// The bounded queue of a pool or pipeline is full.
        case poolExhausted
        /// The pool, pipeline or connection was closed.
        case closed
        /// The caller's deadline passed.
        case deadlineExceeded
        /// The caller's task was cancelled.
        case cancelled
        /// The server cancelled the statement on its own account (time-out or an operator).
        case queryCancelled
        /// A unique key exists already; `constraint` names it.
        case uniqueViolation
        /// A referenced row is missing, or still referenced.
        case foreignKeyViolation
        /// A required column was null.
        case notNullViolation
        /// A check refused the row; `constraint` names it.
        case checkViolation
        /// An exclusion constraint refused the row.
        case exclusionViolation
        /// Another integrity rule was violated.
        case integrityViolation
        /// A value could not be used (class 22).
        case dataException
        /// A subquery gave the wrong number of rows (class 21).
        case cardinalityViolation
        /// A lock was not granted in time, or not at once.
        case lockNotAvailable
        /// What PostgreSQL stands on failed: its disk, or what was stored there is gone (class 58).
        case systemFailure
        /// A partitioned table has no partition for the row.
        case noPartition
        /// Somebody else uses the object.
        case objectInUse
        /// The transaction conflicted with another and may be repeated.
        case serializationFailure
        /// The server broke a deadlock; the transaction may be repeated.
        case deadlock
        /// The role lacks a privilege.
        case insufficientPrivilege
        /// A table or view does not exist.
        case undefinedTable
        /// A column, function, type or other object does not exist.
        case undefinedObject
        /// An object of that name exists already.
        case duplicateObject
        /// The statement is malformed, or its types do not fit (class 42).
        case syntax
        /// The server or the transaction is read-only.
        case readOnly
        /// The transaction failed before or is in a state that forbids the statement.
        case invalidTransactionState
        /// The server is shutting down or ended the session.
        case adminShutdown
        /// The server is out of memory, disk or connections.
        case outOfResources
        /// A limit of the server was exceeded (class 54).
        case limitExceeded
        /// The server does not support the request, or a cached plan went stale.
        case featureNotSupported
        /// A function raised it (class P0).
        case raised
        /// The server failed internally (class XX).
        case serverInternal
        /// A result did not have the type that was asked for.
        case decoding
        /// The call does not fit the connection's state or the statement.
        case misuse
        /// The server reported a SQLSTATE that has no code of its own.
        case other
    }
}
