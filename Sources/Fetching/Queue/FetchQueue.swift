import EventLog
import Postgres

/// The objects to be fetched, as the database keeps them.
///
///     log ──plan──▶ waiting ──claim──▶ claimed ──complete──▶ gone; its event is in the log
///                      ▲                  │
///                      └──────fail────────┘ (or the lease ran out)
///
/// The log says what is to be fetched: ``plan(_:maxEvents:)`` reads it from a checkpoint, which commits with what it found.
/// So appends know nothing of fetching, and a crash at any moment has at worst an object fetched once more.
struct FetchQueue: Sendable {
    /// A page of the log that was read for thin events.
    struct Page: Sendable {
        /// How many objects it asks for.
        let planned: Int64
        /// Whether there may be more to read.
        let hasMore: Bool
        /// Whether another process reads, which may not see what was logged meanwhile.
        let isBusy: Bool
    }

    /// What became of an object's event.
    struct Receipt: Sendable {
        /// Its position.
        let position: Position
        /// Whether it is one that jsonb cannot hold, which is logged byte for byte and seen in no table.
        let isUnparsed: Bool
    }

    let pool: PostgresPool

    /// Reads the next page of a workspace's log; an empty one while another process reads.
    func plan(_ workspace: WorkspaceID, maxEvents: Int32) async throws(PostgresError) -> Page {
        let result = try await query(Queries.planFetches, [.int8(workspace.rawValue), .int4(maxEvents)], timeout: 60)
        guard let row = result.first else { return Page(planned: 0, hasMore: false, isBusy: false) }
        return Page(planned: try row["planned"], hasMore: try row["more"], isBusy: try row["is_busy"])
    }

    /// Takes the object of a source that has been due the longest; nil when none may be fetched now.
    func claim(_ source: SourceID, lease: Duration) async throws(PostgresError) -> FetchClaim? {
        let result = try await query(
            Queries.claimFetch,
            [.int8(source.workspace.rawValue), .int8(source.number), .float8(lease / .seconds(1))]
        )
        guard let row = result.first else { return nil }
        return try FetchClaim(row, source: source)
    }

    /// Appends the event of a fetched object and strikes the object off, in one commit.
    ///
    /// Returns nil when the claim has passed to somebody else, and nothing was appended.
    func complete(_ claim: FetchClaim, _ event: FetchedEvent) async throws(PostgresError) -> Receipt? {
        let result = try await query(Queries.completeFetch, parameters(of: claim) + event.parameters)
        guard let row = result.first, let position = try row["position", as: Position?.self] else { return nil }
        let outcome = try row["outcome", as: String.self]
        return Receipt(position: position, isUnparsed: outcome == "unparsed")
    }

    /// Gives an object back after a failed attempt.
    ///
    /// Returns how often in a row the API as a whole has failed now; nil when this failure was not counted as one.
    @discardableResult
    func fail(
        _ claim: FetchClaim,
        problem: String,
        delay: Duration,
        blame: FetchBlame
    ) async throws(PostgresError) -> Int? {
        var more: [PostgresParameter] = [.text(problem), .float8(delay / .seconds(1))]
        switch blame {
        case .api(let pause): more += [.float8(pause / .seconds(1)), .bool(false)]
        case .object(let isAPIWell): more += [.float8(nil), .bool(isAPIWell)]
        }
        return try await query(Queries.failFetch, parameters(of: claim) + more).first?["result"]
    }

    /// What there is to do for the sources with thin events: of all workspaces, of one, or for one source.
    func pending(
        workspace: WorkspaceID? = nil,
        source: SourceID? = nil
    ) async throws(PostgresError) -> [PendingFetch] {
        let workspace = workspace ?? source?.workspace
        let result = try await query(
            Queries.listPendingFetches,
            [.int8(workspace?.rawValue), .int8(source?.number)],
            timeout: 30
        )
        return try result.rows.map(PendingFetch.init)
    }

    /// How many objects wait.
    func counts() async throws(PostgresError) -> FetchCounts? {
        guard let row = try await query(Queries.countFetches, []).first else { return nil }
        return try FetchCounts(row)
    }

    private func parameters(of claim: FetchClaim) -> [PostgresParameter] {
        [
            .int8(claim.source.workspace.rawValue), .int8(claim.source.number), .text(claim.entityType),
            .text(claim.entityID), .uuid(claim.claim),
        ]
    }

    private func query(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter],
        timeout seconds: Int = 10
    ) async throws(PostgresError) -> PostgresResult {
        try await pool.query(statement, parameters, deadline: .now + .seconds(seconds))
    }
}

/// What there is to do for a source with thin events.
struct PendingFetch: Sendable, Hashable {
    let source: SourceID
    /// Whether the log holds events that have not been read for thin ones.
    let isUnread: Bool
    /// After how long the first of its objects may be fetched; nil when none waits or none can be fetched.
    let dueIn: Duration?

    init(_ row: PostgresRow) throws(PostgresError) {
        source = SourceID(workspace: try row["workspace_id"], number: try row["source_id"])
        isUnread = try row["is_unread"]
        let seconds: Double? = try row["due_in"]
        dueIn = seconds.map { .milliseconds(Int64(max(0, $0) * 1000)) }
    }
}

/// How many objects wait to be fetched, in all workspaces.
struct FetchCounts: Sendable, Hashable {
    /// Those that wait or are being fetched.
    let waiting: Int64
    /// Those of them that were tried more than once.
    let failing: Int64
    /// For how many seconds the oldest has waited.
    let age: Double
}

extension FetchCounts {
    init(_ row: PostgresRow) throws(PostgresError) {
        waiting = try row["waiting"]
        failing = try row["failing"]
        age = try row["age"]
    }
}
