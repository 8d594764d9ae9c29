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
    }

    let pool: PostgresPool

    /// Reads the next page of a workspace's log; an empty one while another process reads.
    func plan(_ workspace: WorkspaceID, maxEvents: Int32) async throws(PostgresError) -> Page {
        let result = try await query(Queries.planFetches, [.int8(workspace.rawValue), .int4(maxEvents)], timeout: 60)
        guard let row = result.first else { return Page(planned: 0, hasMore: false) }
        return Page(planned: try row["planned"], hasMore: try row["more"])
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
    /// Returns the event's position; nil when the claim has passed to somebody else, and nothing was appended.
    func complete(_ claim: FetchClaim, body: [UInt8]) async throws(PostgresError) -> Position? {
        let result = try await query(Queries.completeFetch, parameters(of: claim) + [.bytea(body)])
        let position: Int64? = try result.first?["position"]
        return position.map { Position(rawValue: $0) }
    }

    /// Gives an object back after a failed attempt; with a pause the source's other objects wait as well.
    func fail(
        _ claim: FetchClaim,
        problem: String,
        delay: Duration,
        pause: Duration?
    ) async throws(PostgresError) {
        let times: [PostgresParameter] = [.float8(delay / .seconds(1)), .float8(pause.map { $0 / .seconds(1) })]
        _ = try await query(Queries.failFetch, parameters(of: claim) + [.text(problem)] + times)
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
        var pending: [PendingFetch] = []
        for row in result.rows { pending.append(try PendingFetch(row)) }
        return pending
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
