extension PostgresError: CustomStringConvertible, CustomDebugStringConvertible {
    /// One sentence on what failed, and what helps; never a value.
    package var description: String {
        let place = line.map { " at line \($0)" } ?? ""
        var text = "\(summary)\(place)"
        if let sqlState { text += " [\(sqlState.rawValue)]" }
        if let message = presentableMessage { text += ": \(message)" }
        return text + (wayOut.map { ". \($0)" } ?? ".")
    }

    /// The description, preceded by the statement's name and the objects concerned.
    package var debugDescription: String {
        let facts = [("statement", statement), ("constraint", constraint), ("table", table), ("column", column)]
        let named = facts.compactMap { name, value in value.map { "\(name)=\($0)" } }
        return "PostgresError(\(code)\(named.map { " \($0)" }.joined())): \(description)"
    }

    private var presentableMessage: String? {
        guard let serverMessage, sqlState?.hasPresentableMessage ?? true else { return nil }
        let line = serverMessage.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.hasSuffix(".") ? String(line.dropLast()) : line
    }

    private var summary: String {
        let subject = statement.map { "Statement \($0)" } ?? "The statement"
        switch code {
        case .connectionFailed: return "PostgreSQL could not be reached"
        case .connectionLost: return "The connection to PostgreSQL was lost"
        case .authenticationFailed: return "PostgreSQL refused the login"
        case .undefinedDatabase: return "The database does not exist"
        case .invalidConfiguration: return "The connection string is not valid"
        case .poolExhausted: return "Too many calls wait for a database connection"
        case .closed: return "The database connection is closed"
        case .deadlineExceeded: return "\(subject) did not finish before its deadline"
        case .cancelled: return "\(subject) was cancelled"
        case .queryCancelled: return "\(subject) was cancelled by the server"
        case .uniqueViolation, .foreignKeyViolation, .notNullViolation, .checkViolation, .exclusionViolation,
            .integrityViolation:
            return "\(subject) violated \(constraint.map { "constraint \($0)" } ?? "an integrity rule")"
        case .dataException: return "\(subject) was given a value that PostgreSQL cannot use"
        case .cardinalityViolation: return "\(subject) found more rows than allowed"
        case .lockNotAvailable: return "\(subject) did not get its lock in time"
        case .noPartition: return "\(subject) found no partition for its row"
        case .insufficientPrivilege: return "\(subject) was not permitted"
        case .readOnly: return "\(subject) needs a server that accepts writes"
        case .adminShutdown: return "PostgreSQL ended the session"
        case .outOfResources: return "PostgreSQL is out of resources"
        case .decoding: return "A result of \(statement ?? "the statement") could not be decoded"
        case .misuse: return "\(subject) cannot be run this way"
        case .objectInUse, .serializationFailure, .deadlock, .undefinedTable, .undefinedObject, .duplicateObject,
            .syntax, .invalidTransactionState, .limitExceeded, .featureNotSupported, .raised, .serverInternal,
            .systemFailure,
            .other:
            return "\(subject) failed"
        }
    }

    /// Tells whether a prepared statement of another session is in the way, or one of this is gone: a pooler shares them.
    package var meansSharedSession: Bool { sqlState?.rawValue == "42P05" || sqlState?.rawValue == "26000" }

    private var wayOut: String? {
        guard !meansSharedSession else {
            return "A pooler in transaction mode mixes up sessions: connect to PostgreSQL itself, or in session mode."
        }
        return switch code {
        case .connectionFailed: "Check that the server runs and that the connection string names it."
        case .authenticationFailed: "Check the user, the password and pg_hba.conf."
        case .undefinedDatabase: "Create it or name another in the connection string."
        case .invalidConfiguration: "Give a libpq URI or key=value pairs."
        case .poolExhausted: "Retry later or raise the limit."
        case .undefinedTable, .undefinedObject: "Check that the schema is migrated."
        case .noPartition: "Run `hooklog doctor`."
        case .insufficientPrivilege: "Grant the privilege or connect as another role."
        case .connectionLost, .closed, .deadlineExceeded, .cancelled, .queryCancelled, .uniqueViolation,
            .foreignKeyViolation, .notNullViolation, .checkViolation, .exclusionViolation, .integrityViolation,
            .dataException, .cardinalityViolation, .lockNotAvailable, .objectInUse, .serializationFailure, .deadlock,
            .duplicateObject, .syntax, .readOnly, .invalidTransactionState, .adminShutdown, .outOfResources,
            .limitExceeded, .featureNotSupported, .raised, .serverInternal, .systemFailure, .decoding, .misuse, .other:
            nil
        }
    }
}
