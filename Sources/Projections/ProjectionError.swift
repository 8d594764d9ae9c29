import EventLog
import Postgres

/// A failure of projections or of what belongs to them.
///
/// It never holds payloads or values of events.
package struct ProjectionError: Error, Sendable {
    /// The cause, to switch on.
    package let code: Code
    /// The projection concerned.
    package let projection: ProjectionName?
    /// The workspace concerned.
    package let workspace: WorkspaceID?
    /// The position that the read model has reached, for ``Code/waitTimedOut`` and ``Code/positionBeyondHead``.
    package let position: Position?
    /// What was wrong, in words, where the code alone does not say it.
    package let detail: String?
    /// The database's failure behind it.
    package let underlying: PostgresError?
    /// The file concerned.
    package private(set) var file: String?
    /// The line in the file, from 1.
    package private(set) var line: Int?

    package init(
        _ code: Code,
        projection: ProjectionName? = nil,
        workspace: WorkspaceID? = nil,
        position: Position? = nil,
        detail: String? = nil,
        underlying: PostgresError? = nil
    ) {
        self.code = code
        self.projection = projection
        self.workspace = workspace
        self.position = position
        self.detail = detail
        self.underlying = underlying
    }

    /// Creates an error of a file that does not hold a projection.
    package init(invalidFile file: String, line: Int?, _ detail: String) {
        self.init(.invalidFile, detail: detail)
        self.file = file
        self.line = line
    }

    /// Creates an error of a projection whose SELECT the database refuses, at a line of it counted from 1.
    ///
    /// A database that is away or busy refuses nothing.
    init(_ error: PostgresError, refusing table: ProjectionTable?, of projection: ProjectionName, line: Int?) {
        let tookTooLong = error.code == .deadlineExceeded || error.code == .queryCancelled
        let translated = ProjectionError(error, projection: projection)
        let isRefused = tookTooLong || translated.code == .databaseFailed
        self.init(
            isRefused ? .definitionRefused : translated.code,
            projection: projection,
            detail: isRefused ? Self.reason(of: error) : nil,
            underlying: error
        )
        file = table?.place?.file
        self.line = table?.place.flatMap { place in line.map { place.line + $0 - 1 } }
    }

    /// What the database says of the SELECT itself; nil when its failure says it best.
    private static func reason(of error: PostgresError) -> String? {
        switch (error.code, error.sqlState?.rawValue) {
        case (.syntax, "42P11"): "a projection is one SELECT, and this is something else."

        case (.deadlineExceeded, _), (.queryCancelled, _): "PostgreSQL took too long to plan it."
        case (.syntax, _), (.undefinedObject, _), (.undefinedTable, _), (.duplicateObject, _), (.other, _),
            (.featureNotSupported, _):
            error.serverMessage.map { "\($0)." }
        default: nil
        }
    }
}

extension ProjectionError {
    /// What went wrong.
    package enum Code: String, Sendable, Hashable, CaseIterable {
        /// A file does not hold a projection.
        case invalidFile = "invalid_file"
        /// Two projections or two tables bear the same name.
        case nameTaken = "name_taken"
        /// The database refuses the projection's SQL.
        case definitionRefused = "definition_refused"
        /// There is no such projection.
        case unknownProjection = "unknown_projection"
        /// The build under way was dropped or has taken over already.
        case buildGone = "build_gone"
        /// A workspace stopped the build.
        case buildStopped = "build_stopped"
        /// The position is above the head of the log.
        case positionBeyondHead = "position_beyond_head"
        /// The read model did not reach the position in time.
        case waitTimedOut = "wait_timed_out"
        /// Too many wait already.
        case tooManyWaiters = "too_many_waiters"
        /// The caller's task was cancelled, or the service has ended.
        case cancelled
        /// The database is away or busy; retry.
        case unavailable
        /// The database failed in a way that a retry does not cure.
        case databaseFailed = "database_failed"
    }

    /// Translates a failure of the database.
    init(_ error: PostgresError, projection: ProjectionName? = nil, workspace: WorkspaceID? = nil) {
        self.init(Self.code(of: error), projection: projection, workspace: workspace, underlying: error)
    }

    private static func code(of error: PostgresError) -> Code {
        if error.sqlState?.rawValue == "HL003" { return .nameTaken }
        return switch error.code.kind {
        case .cancelled: .cancelled
        case .passing, .unfit: .unavailable
        case .noWayIn, .value, .integrity, .program: .databaseFailed
        }
    }
}
