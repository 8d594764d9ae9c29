import EventLog
import Postgres

/// Walks over all workspaces, a slice at a time, and finds what is left to project.
///
/// It guarantees progress when every wake-up is lost, and measures the lag on its way.
struct PendingSweep {
    /// A generation that is behind in a workspace.
    struct Pending: Sendable, Hashable {
        let workspace: WorkspaceID
        let key: GenerationKey
    }

    /// What a slice brought.
    struct Slice: Sendable {
        /// What may be stepped now.
        let pending: [Pending]
        /// Whether it was the last slice: the next one begins anew.
        let isLast: Bool
    }

    private let pool: PostgresPool
    private let sliceSize: Int32
    private var last: Int64 = 0
    private var lags: [ProjectionName: ProjectionLag] = [:]
    private var head: Int64 = 0
    /// The greatest lag of each projection in the last complete walk.
    private(set) var measured: [ProjectionName: ProjectionLag] = [:]
    /// The greatest position of all logs in the last complete walk.
    private(set) var measuredHead: Int64 = 0

    init(pool: PostgresPool, sliceSize: Int32) {
        self.pool = pool
        self.sliceSize = sliceSize
    }

    /// Begins again with the first workspace.
    mutating func restart() {
        last = 0
        lags = [:]
        head = 0
    }

    /// Reads the next slice.
    mutating func next(deadline: ContinuousClock.Instant) async throws(PostgresError) -> Slice {
        let parameters: [PostgresParameter] = [.int8(last), .int4(sliceSize)]
        let result = try await pool.query(Queries.readPending, parameters, deadline: deadline)
        var pending: [Pending] = []
        for row in result.rows { if let item = try note(row) { pending.append(item) } }
        let greatest: Int64? = try result.first?["greatest_head"]
        head = max(head, greatest ?? 0)
        let size: Int64 = try result.first?["workspaces"] ?? 0
        let end: Int64? = try result.first?["last_workspace_id"]
        guard size == Int64(sliceSize), let end else {
            measured = lags
            measuredHead = head
            restart()
            return Slice(pending: pending, isLast: true)
        }
        last = end
        return Slice(pending: pending, isLast: false)
    }

    private mutating func note(_ row: PostgresRow) throws(PostgresError) -> Pending? {
        guard let workspace: WorkspaceID = try row["workspace_id"] else { return nil }
        let projection: ProjectionName = try row["projection"]
        let state: String = try row["state"]
        if state == ProjectionGeneration.State.active.rawValue {
            let lag = ProjectionLag(events: try row["lag"], seconds: try row["lag_seconds"])
            lags[projection, default: ProjectionLag()].formMaximum(lag)
        }
        guard try row["is_due"] else { return nil }
        let key = GenerationKey(projection: projection, generation: try row["generation"])
        return Pending(workspace: workspace, key: key)
    }
}
