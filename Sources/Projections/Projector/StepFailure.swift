import Postgres

/// What is to be done about a step that ended with an error.
enum StepFailure: Hashable {
    /// Nothing: the task was cancelled.
    case cancelled
    /// Nothing: the database is away or busy, and the same page may pass the next time.
    case passing
    /// It counts against the page: record it under this SQLSTATE.
    case recorded(SQLState)

    /// A statement that the deadline or an operator ended.
    static let cancelledStatement = SQLState(rawValue: "57014")

    init(_ error: PostgresError) {
        switch error.code {
        case .cancelled:
            self = .cancelled
        case .deadlineExceeded where error.nothingWasSent:
            self = .passing
        case .deadlineExceeded, .queryCancelled:
            self = Self.cancelledStatement.map(Self.recorded) ?? .passing
        case .connectionFailed, .connectionLost, .authenticationFailed, .undefinedDatabase, .invalidConfiguration,
            .poolExhausted, .closed, .lockNotAvailable, .objectInUse, .serializationFailure, .deadlock, .adminShutdown,
            .decoding, .misuse:
            self = .passing
        case .uniqueViolation, .foreignKeyViolation, .notNullViolation, .checkViolation, .exclusionViolation,
            .integrityViolation, .dataException, .cardinalityViolation, .insufficientPrivilege, .undefinedTable,
            .undefinedObject, .duplicateObject, .syntax, .readOnly, .invalidTransactionState, .outOfResources,
            .limitExceeded, .featureNotSupported, .raised, .serverInternal, .systemFailure, .noPartition, .other:
            self = error.sqlState.map(Self.recorded) ?? .passing
        }
    }
}
