import EventLog
import Postgres

/// How a projection does in a workspace.
package struct ProjectionStatus: Sendable, Hashable {
    /// What a projection is at, the gravest first.
    package enum State: String, Sendable, Hashable, CaseIterable {
        /// It has read events that the log has lost; new ones are not read. See `hooklog doctor`.
        case beyondLog = "beyond_log"
        /// A page cannot be folded; it is tried again at ``Failure/retryAt``.
        case stopped
        /// It is live or catching up, and built anew beside.
        case rebuilding
        /// There are events that it has not read.
        case catchingUp = "catching_up"
        /// It has read all events.
        case live
    }

    /// Why a projection is stopped.
    package struct Failure: Sendable, Hashable {
        /// page_refused, too_many_refused, event_too_heavy or statement_failed.
        package let reason: String
        /// The SQLSTATE behind it.
        package let sqlState: String?
        /// When it is tried again.
        package let retryAt: PostgresTimestamp?
    }

    /// A build on its way to take over.
    package struct Build: Sendable, Hashable {
        /// The generation.
        package let generation: GenerationID
        /// The last position it has read.
        package let position: Position
        /// Why it is stopped, if it is.
        package let error: String?
    }

    /// The workspace.
    package let workspace: WorkspaceID
    /// The workspace's short name.
    package let slug: String
    /// The last position of its log.
    package let head: Position
    /// The projection.
    package let projection: ProjectionName
    /// The version in use.
    package let version: ProjectionVersion
    /// The last position it has read.
    package let position: Position
    /// The number of events that it has not read.
    package let lag: Int64
    /// The age of the oldest of them in seconds; 0 when there is none.
    package let lagSeconds: Double
    /// The number of dead letters that are not settled.
    package let deadLetters: Int64
    /// What it is at.
    package let state: State
    /// Why it is stopped, if it is.
    package let failure: Failure?
    /// The build under way, if there is one.
    package let build: Build?

    init(_ row: PostgresRow) throws(PostgresError) {
        workspace = try row["workspace_id"]
        slug = try row["slug"]
        head = try row["head"]
        projection = try row["projection"]
        version = try row["version"]
        position = try row["position"]
        lag = try row["lag"]
        lagSeconds = try row["lag_seconds"]
        deadLetters = try row["dead_letters"]
        state = State(rawValue: try row["state"]) ?? .stopped
        failure = try Self.failure(row)
        build = try Self.build(row)
    }

    private static func failure(_ row: PostgresRow) throws(PostgresError) -> Failure? {
        guard let reason: String = try row["error"] else { return nil }
        return Failure(reason: reason, sqlState: try row["sqlstate"], retryAt: try row["retry_at"])
    }

    private static func build(_ row: PostgresRow) throws(PostgresError) -> Build? {
        guard let generation: GenerationID = try row["build_generation"] else { return nil }
        let position: Position? = try row["build_position"]
        return Build(generation: generation, position: position ?? .start, error: try row["build_error"])
    }
}

/// Reads how projections do.
package struct ProjectionStatusReader: Sendable {
    private let pool: PostgresPool

    /// Creates a reader over a pool.
    package init(pool: PostgresPool) {
        self.pool = pool
    }

    /// The status of every projection in a workspace, or in all, in the order of workspace and name.
    package func read(workspace: WorkspaceID? = nil) async throws(ProjectionError) -> [ProjectionStatus] {
        do throws(PostgresError) {
            let result = try await pool.query(Queries.readProjectionStatus, [.int8(workspace?.rawValue)])
            return try result.rows.map(ProjectionStatus.init)
        } catch {
            throw ProjectionError(error, workspace: workspace)
        }
    }
}
