import Postgres

/// Reads a workspace's log.
package struct EventReader: Sendable {
    /// The sizes a page may have, in events.
    package static let limits = 1...1000
    /// A page ends before the event that would take its bodies beyond this many bytes; it has one event at least.
    package static let pageBytes: Int64 = 16 << 20
    /// A page looks at no more positions than this, however few events fit its filter.
    package static let scanLimit: Int64 = 50_000

    private let pool: PostgresPool
    private let systems: [String]

    /// Creates a reader over a pool, for a log with events of these senders.
    package init(pool: PostgresPool, senders: Senders) {
        self.pool = pool
        systems = senders.all.map(\.name.rawValue)
    }

    /// The head of a workspace's log; throws `unknownWorkspace` or `unavailable`.
    package func head(of workspace: WorkspaceID) async throws(EventLogError) -> LogHead {
        let parameters: [PostgresParameter] = [.int8(workspace.rawValue)]
        let heads = try await pool.rows(Queries.readHead, parameters, workspace: workspace, read: LogHead.init)
        guard let head = heads.first else { throw EventLogError(.unknownWorkspace, workspace: workspace) }
        return head
    }

    /// A page of the events after a position.
    ///
    /// With a sparse filter a page may hold few events or none although the log goes on: read on from
    /// ``EventPage/nextAfter`` until that is the head. Throws `invalidArgument` for a limit outside ``limits`` or a
    /// negative position, `unknownWorkspace` or `unavailable`.
    package func page(
        of workspace: WorkspaceID,
        _ filter: EventFilter,
        after: Position = .start,
        limit: Int = 100
    ) async throws(EventLogError) -> EventPage {
        guard Self.limits ~= limit, after >= .start else {
            throw EventLogError(.invalidArgument, workspace: workspace, detail: "a page has 1 to 1000 events.")
        }
        do throws(PostgresError) {
            let result = try await pool.query(
                filter.entity == nil ? Queries.listEvents : Queries.listEntityEvents,
                parameters(workspace, filter, after: after, limit: limit)
            )
            if let first = result.first {
                return try Self.page(result, first: first, workspace: workspace, after: after, limit: limit)
            }
        } catch {
            throw EventLogError(error, workspace: workspace)
        }
        throw EventLogError(.unknownWorkspace, workspace: workspace)
    }

    /// One event with its exact body, as a JSON object in UTF-8; nil when there is none there of that mode.
    package func event(
        at position: Position,
        in workspace: WorkspaceID,
        livemode: Bool
    ) async throws(EventLogError) -> [UInt8]? {
        let parameters: [PostgresParameter] = [.int8(workspace.rawValue), .int8(position.rawValue), .bool(livemode)]
        return try await pool.rows(Queries.readEvent, parameters, workspace: workspace) { (row) throws(PostgresError) in
            var text = JSONText(.numbered)
            try EventRendering.append(row, workspace: workspace, showsBody: true, to: &text)
            return text.bytes
        }.first
    }

    private func parameters(
        _ workspace: WorkspaceID,
        _ filter: EventFilter,
        after: Position,
        limit: Int
    ) -> [PostgresParameter] {
        let common: [PostgresParameter] = [
            .int8(workspace.rawValue), .bool(filter.livemode), .int8(after.rawValue), .int4(Int32(limit)),
            .int8(Self.pageBytes), .text(filter.type),
        ]
        guard let entity = filter.entity else { return common + [.int8(Self.scanLimit)] }
        // An entity's history is found by an index, however far it reaches.
        return common + [.int8(Int64.max - after.rawValue), .text(entity.type), .text(entity.id), .textArray(systems)]
    }

    private static func page(
        _ result: PostgresResult,
        first: PostgresRow,
        workspace: WorkspaceID,
        after: Position,
        limit: Int
    ) throws(PostgresError) -> EventPage {
        var text = JSONText(.numbered)
        text.append("[")
        var count = 0
        var last = after
        for row in result.rows {
            guard let position = try row.decode("position", as: Int64?.self) else { continue }
            if count > 0 { text.append(",") }
            try EventRendering.append(row, workspace: workspace, to: &text)
            last = Position(rawValue: position)
            count += 1
        }
        text.append("]")
        let found = Int(try first.decode("found", as: Int64?.self) ?? 0)
        let isFull = found >= limit || count < found
        return EventPage(
            events: text.bytes,
            count: count,
            nextAfter: isFull ? last : max(after, try first["scanned_to"]),
            head: try first["head"]
        )
    }
}
