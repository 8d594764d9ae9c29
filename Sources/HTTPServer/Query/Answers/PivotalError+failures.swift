import Connectors
import EventLog
import Postgres

extension PivotalError {
    /// What a client is told of a failed read: that trying again helps, or that the server is at fault.
    init(_ error: PostgresError) {
        self =
            switch error.code {
            case .connectionFailed, .connectionLost, .authenticationFailed, .undefinedDatabase, .poolExhausted, .closed,
                .deadlineExceeded, .cancelled, .queryCancelled, .lockNotAvailable, .serializationFailure, .deadlock,
                .adminShutdown, .outOfResources:
                .databaseUnavailable
            case .invalidConfiguration, .uniqueViolation, .foreignKeyViolation, .notNullViolation, .checkViolation,
                .exclusionViolation, .integrityViolation, .dataException, .cardinalityViolation, .objectInUse,
                .insufficientPrivilege, .undefinedTable, .undefinedObject, .duplicateObject, .syntax, .readOnly,
                .invalidTransactionState, .limitExceeded, .featureNotSupported, .raised, .serverInternal, .decoding,
                .misuse, .other:
                .internalError
            }
    }

    /// What a client is told of a failed read of the log.
    init(_ error: EventLogError) {
        self =
            switch error.code {
            case .unavailable, .queueFull, .cancelled: .databaseUnavailable
            case .unknownWorkspace: .invalidAPIKey
            case .refused, .unknownSource, .unknownAPIKey, .unknownConnector, .ambiguousWorkspace, .nameTaken,
                .invalidArgument, .invalidSecret, .missingMasterKey, .invalidMasterKey, .unsealFailed, .databaseFailed:
                .internalError
            }
    }
}
