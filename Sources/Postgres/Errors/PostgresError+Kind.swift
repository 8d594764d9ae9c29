extension PostgresError {
    /// What a failure means to the caller: whether trying again helps, and if not, what is at fault.
    package enum Kind: Sendable, Hashable {
        /// The caller's task was cancelled.
        case cancelled
        /// The server is away or busy, or somebody else was first: the same may succeed the next time.
        case passing
        /// The server is in a state that it must be helped out of: no space, read-only, a partition missing.
        case unfit
        /// Nobody gets in: the role, the password, the database's name or the connection string is wrong.
        case noWayIn
        /// A value cannot be used, or a function refused it.
        case value
        /// A rule of the tables was broken.
        case integrity
        /// The statement, the schema or the program.
        case program
    }
}

extension PostgresError.Code {
    /// What the code means to the caller.
    package var kind: PostgresError.Kind {
        switch self {
        case .cancelled: .cancelled
        case .connectionFailed, .connectionLost, .poolExhausted, .closed, .deadlineExceeded, .queryCancelled,
            .adminShutdown, .lockNotAvailable, .deadlock, .serializationFailure, .objectInUse:
            .passing
        case .outOfResources, .readOnly, .systemFailure, .noPartition: .unfit
        case .authenticationFailed, .undefinedDatabase, .invalidConfiguration: .noWayIn
        case .dataException, .cardinalityViolation, .limitExceeded, .raised: .value
        case .uniqueViolation, .foreignKeyViolation, .notNullViolation, .checkViolation, .exclusionViolation,
            .integrityViolation:
            .integrity
        case .insufficientPrivilege, .undefinedTable, .undefinedObject, .duplicateObject, .syntax,
            .invalidTransactionState, .featureNotSupported, .serverInternal, .decoding, .misuse, .other:
            .program
        }
    }
}
