import Postgres

/// A failure of the event log or of what belongs to it.
///
/// It never holds payloads, secrets or bound values.
package struct EventLogError: Error, Sendable {
    /// The cause, to switch on.
    package let code: Code
    /// The workspace concerned.
    package let workspace: WorkspaceID?
    /// The source concerned.
    package let source: SourceID?
    /// What was wrong, in words, where the code alone does not say it.
    package let detail: String?
    /// After how long a retry makes sense, where one does.
    package let retryAfter: Duration?
    /// The database's failure behind it.
    package let underlying: PostgresError?

    package init(
        _ code: Code,
        workspace: WorkspaceID? = nil,
        source: SourceID? = nil,
        detail: String? = nil,
        underlying: PostgresError? = nil
    ) {
        self.code = code
        self.workspace = workspace ?? source?.workspace
        self.source = source
        self.detail = detail
        self.underlying = underlying
        retryAfter =
            switch code {
            case .unavailable: .seconds(2)
            case .queueFull: .seconds(1)
            case .cancelled, .refused, .unknownWorkspace, .unknownSource, .unknownAPIKey, .unknownConnector,
                .ambiguousWorkspace, .nameTaken, .invalidArgument, .invalidSecret, .missingMasterKey, .invalidMasterKey,
                .unsealFailed, .databaseFailed:
                nil
            }
    }
}

extension EventLogError {
    /// What went wrong.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// The database is away, or whether it kept the event is not known. Nothing was acknowledged; retry.
        case unavailable
        /// More deliveries wait than the queue holds. Nothing was acknowledged; retry.
        case queueFull = "queue_full"
        /// The caller's task was cancelled; what it asked for may have happened.
        case cancelled
        /// The database refused this one delivery, and only it.
        case refused
        /// There is no such workspace.
        case unknownWorkspace = "unknown_workspace"
        /// There is no such source.
        case unknownSource = "unknown_source"
        /// There is no such API key.
        case unknownAPIKey = "unknown_api_key"
        /// There is no such connector.
        case unknownConnector = "unknown_connector"
        /// There is not exactly one workspace, so it must be named.
        case ambiguousWorkspace = "ambiguous_workspace"
        /// The slug or name is taken.
        case nameTaken = "name_taken"
        /// An argument is out of its range.
        case invalidArgument = "invalid_argument"
        /// The secret does not fit the connector's signature.
        case invalidSecret = "invalid_secret"
        /// There is no master key, without which no secret can be sealed or opened.
        case missingMasterKey = "missing_master_key"
        /// The master key is not the base64 of 32 bytes.
        case invalidMasterKey = "invalid_master_key"
        /// A sealed secret was made under another master key, or was changed or moved.
        case unsealFailed = "unseal_failed"
        /// The database failed in a way that a retry does not cure.
        case databaseFailed = "database_failed"
    }

    /// Translates a failure of the database.
    init(_ error: PostgresError, workspace: WorkspaceID? = nil, source: SourceID? = nil) {
        self.init(Self.code(of: error), workspace: workspace, source: source, underlying: error)
    }

    private static func code(of error: PostgresError) -> Code {
        if error.sqlState?.rawValue == "HL001" { return .unknownWorkspace }
        return switch error.code.kind {
        case .cancelled: .cancelled
        case .passing, .unfit: .unavailable
        case .integrity where error.code == .uniqueViolation: .nameTaken
        case .integrity where error.code == .checkViolation: .invalidArgument
        case .noWayIn, .value, .integrity, .program: .databaseFailed
        }
    }
}
