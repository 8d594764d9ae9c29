import ArgumentParser
import EventLog
import Foundation
import Postgres
import Projections

/// `hooklog status`: says how far everything is.
struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Print how far each log is and how far its projections follow.",
        discussion: "Positions count a workspace's events: 1, 2, 3, …; lag is what a projection has still to read."
    )

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let status = try await databaseOptions.withDatabase { database in
            var rows: [Status.Workspace] = []
            let statuses = try await ProjectionStatusReader(pool: database.pool).read()
            let bySlug = Dictionary(grouping: statuses, by: \.slug)
            for workspace in try await WorkspaceStore(pool: database.pool).list() {
                let head = try await database.events.head(of: workspace.id)
                rows.append(Status.Workspace(workspace.slug, head: head, bySlug[workspace.slug] ?? []))
            }
            let refused = try await database.pool.query(Queries.listRefusals).rows.map(ProjectionRefusal.init)
            return Status(
                workspaces: rows,
                refused: refused.isEmpty
                    ? nil : Dictionary(refused.map { ($0.projection, $0.reason) }) { first, _ in first }
            )
        }
        try output.write(status) { status.table }
        guard !output.isJSON, let refused = status.refused else { return }
        for (name, reason) in refused.sorted(by: { $0.key < $1.key }) {
            Output.remark("Projection \(name) is refused and does not run: \(Table.printable(reason))")
        }
    }
}

/// How far every workspace is, in the form that is printed.
struct Status: Encodable, Hashable {
    /// How far one projection is.
    struct Projection: Encodable, Hashable {
        let name: String
        let position: Int64
        /// Events still to be read.
        let lag: Int64
        /// The age of the oldest of them.
        let lagSeconds: Double
        let deadLetters: Int64
        /// `live`, `catching_up`, `rebuilding`, `stopped` or `beyond_log`.
        let state: String
    }

    /// How far one workspace is.
    struct Workspace: Encodable, Hashable {
        let slug: String
        let head: Int64
        let lastReceivedAt: Date?
        let projections: [Projection]
    }

    let workspaces: [Workspace]
    /// Why projections of users do not run, at their names; nil when all do.
    var refused: [String: String]?

    /// The status for people.
    var table: Table {
        Table(
            [
                "WORKSPACE", .number("HEAD"), "PROJECTION", .number("POSITION"), .number("LAG"), .number("BEHIND"),
                .number("DEAD LETTERS"), "STATE",
            ],
            rows: workspaces.flatMap { workspace in
                let start = [workspace.slug, String(workspace.head)]
                guard !workspace.projections.isEmpty else { return [start + ["none", "", "", "", "", ""]] }
                return workspace.projections.map { start + Self.cells($0) }
            },
            emptyText: "There is no workspace yet. Make one with `hooklog workspace create NAME`."
        )
    }

    private static func cells(_ projection: Projection) -> [String] {
        [
            projection.name, String(projection.position), String(projection.lag),
            projection.lag == 0 ? "" : Moment.text(of: .seconds(projection.lagSeconds)),
            String(projection.deadLetters), projection.state,
        ]
    }
}

extension Status.Workspace {
    /// Takes what readers returned.
    init(_ slug: String, head: LogHead, _ statuses: [ProjectionStatus]) {
        self.init(
            slug: slug,
            // A projection may have been read a moment later than the head, and must not be ahead of it.
            head: max(head.position, statuses.map(\.head).max() ?? .start).rawValue,
            lastReceivedAt: head.receivedAt?.date,
            projections: statuses.map {
                Status.Projection(
                    name: $0.projection.rawValue,
                    position: $0.position.rawValue,
                    lag: $0.lag,
                    lagSeconds: $0.lagSeconds,
                    deadLetters: $0.deadLetters,
                    state: $0.state.rawValue
                )
            }
        )
    }
}
