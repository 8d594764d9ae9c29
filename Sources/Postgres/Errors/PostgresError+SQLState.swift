extension PostgresError.Code {
    /// The code for what a server reported; `other` when nothing more precise is known.
    init(_ diagnostics: PostgresDiagnostics) {
        let code = Self(diagnostics.sqlState)
        let message = diagnostics.message ?? ""
        if code == .checkViolation, diagnostics.constraint == nil {
            // A row that no partition takes has the SQLSTATE of a check, but there is no constraint to name.
            self = .noPartition
        } else if code == .serverInternal, Self.replacements.contains(where: { message.hasPrefix($0) }) {
            self = .serializationFailure
        } else {
            self = code
        }
    }

    /// How messages begin, in any language, about an object that another transaction replaced or dropped meanwhile.
    ///
    /// PostgreSQL has no SQLSTATE for it.
    private static let replacements = [
        "cache lookup failed for ", "could not open relation with OID ", "tuple concurrently ",
    ]

    /// The code for a SQLSTATE; `other` when nothing more precise is known.
    init(_ state: SQLState?) {
        self = state.flatMap { Self.exact[$0.rawValue] ?? Self.classes[String($0.classCode)] } ?? .other
    }

    private static let exact: [String: Self] = [
        "23502": .notNullViolation,
        "23503": .foreignKeyViolation,
        "23505": .uniqueViolation,
        "23514": .checkViolation,
        "23P01": .exclusionViolation,
        "25006": .readOnly,
        "3D000": .undefinedDatabase,
        "40P01": .deadlock,
        "42501": .insufficientPrivilege,
        "42601": .syntax,
        "42P01": .undefinedTable,
        "42703": .undefinedObject,
        "42883": .undefinedObject,
        "42704": .undefinedObject,
        "42P02": .undefinedObject,
        "3F000": .undefinedObject,
        "26000": .undefinedObject,
        "42701": .duplicateObject,
        "42710": .duplicateObject,
        "42712": .duplicateObject,
        "42723": .duplicateObject,
        "42P03": .duplicateObject,
        "42P04": .duplicateObject,
        "42P05": .duplicateObject,
        "42P06": .duplicateObject,
        "42P07": .duplicateObject,
        "55P03": .lockNotAvailable,
        "55006": .objectInUse,
        "57014": .queryCancelled,
        "57P03": .connectionFailed,
    ]

    private static let classes: [String: Self] = [
        "08": .connectionLost,
        "0A": .featureNotSupported,
        "21": .cardinalityViolation,
        "22": .dataException,
        "23": .integrityViolation,
        "25": .invalidTransactionState,
        "28": .authenticationFailed,
        "40": .serializationFailure,
        "42": .syntax,
        "53": .outOfResources,
        "54": .limitExceeded,
        "57": .adminShutdown,
        "58": .systemFailure,
        "P0": .raised,
        "XX": .serverInternal,
    ]
}
