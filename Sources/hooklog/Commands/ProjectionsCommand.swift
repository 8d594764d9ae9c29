import ArgumentParser
import EventLog
import Foundation
import Postgres
import Projections

/// `hooklog projections`: shows and rebuilds read models.
struct ProjectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "projections",
        abstract: "See how the read models do, and rebuild them from the log.",
        subcommands: [ListProjectionsCommand.self, RebuildProjectionCommand.self]
    )
}

/// `hooklog projections list`: prints how every projection does in every workspace.
struct ListProjectionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print the projections, how far they are, and what stops one that is stopped."
    )

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let statuses = try await databaseOptions.withDatabase { database in
            try await ProjectionStatusReader(pool: database.pool).read()
        }
        try output.write(statuses.map(\.json)) {
            Table(
                [
                    "WORKSPACE", "PROJECTION", "VERSION", .number("POSITION"), .number("LAG"), .number("DEAD LETTERS"),
                    "STATE", "PROBLEM",
                ],
                rows: statuses.map {
                    [
                        $0.slug, $0.projection.rawValue, $0.version.rawValue, $0.position.description, String($0.lag),
                        String($0.deadLetters), $0.state.rawValue, $0.problem,
                    ]
                },
                emptyText: "There is no workspace yet. Make one with `hooklog workspace create NAME`."
            )
        }
    }
}

extension ProjectionStatus {
    /// The status as it is printed as JSON.
    fileprivate var json: JSONObject {
        [
            "workspace": slug, "name": projection.rawValue, "version": version.rawValue, "position": position.rawValue,
            "lag": lag, "lag_seconds": lagSeconds, "dead_letters": deadLetters, "state": state.rawValue,
            "error": error, "sqlstate": failure?.sqlState, "retry_at": failure?.retryAt?.date,
            "build_position": build?.position.rawValue,
        ]
    }

    private var error: String? { failure?.reason ?? build?.error }

    /// What is the matter, for people.
    fileprivate var problem: String {
        guard let error else { return "" }
        let state = failure?.sqlState.map { " (SQLSTATE \($0))" } ?? ""
        let retry = failure?.retryAt.map { ", next try \(Moment.text(of: $0.date))" } ?? ""
        return error + state + retry
    }
}

/// `hooklog projections rebuild`: builds a read model anew from the log and changes over.
struct RebuildProjectionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rebuild",
        abstract: "Build a projection anew from the log, beside the one in use, and change over.",
        discussion: """
            Reads go on from the old tables until the new ones have caught up. It returns when the new ones are in use. \
            Interrupted, it leaves the build as it is: `serve` goes on with it, and so does this command when it is \
            run again; --cancel drops it.
            """
    )

    @Argument(help: .value("projection", "The projection, such as directory."))
    var name: String

    @Option(help: .value("name", "Only this workspace; may be repeated. All of them otherwise."))
    var workspace: [String] = []

    @Flag(help: "Drop a build that is under way instead.")
    var cancel = false

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let summary = try await databaseOptions.withDatabase { database in
            let configuration = try await database.configurationForWork()
            let pool = PostgresPool(
                PostgresPoolConfiguration(connection: configuration, size: DatabaseSession.poolSize, name: "rebuild"),
                logger: database.logger
            )
            let outcome = await Result { try await run(in: database, over: pool) }
            await pool.shutdown(deadline: .now + .seconds(2))
            return try outcome.get()
        }
        try output.write(summary) { summary.sentence }
    }

    private func run(in database: Database, over pool: PostgresPool) async throws -> RebuildSummary {
        let projection = ProjectionName(rawValue: name)
        let rebuild = Rebuild(pool: pool, logger: database.logger)
        guard !cancel else {
            return RebuildSummary(projection: name, cancelled: try await rebuild.cancel(projection))
        }
        let store = WorkspaceStore(pool: pool)
        var workspaces: [WorkspaceID] = []
        for name in workspace { workspaces.append(try await store.find(name).id) }
        let start = ContinuousClock.now
        let report = ProgressReport(label: "Rebuilding \(projection)")
        try await rebuild.run(projection, workspaces: workspace.isEmpty ? nil : workspaces) { report.show($0) }
        report.end()
        return RebuildSummary(
            projection: name,
            events: report.events,
            seconds: (ContinuousClock.now - start) / .seconds(1)
        )
    }
}

/// What a rebuild did, in the form that is printed.
struct RebuildSummary: Encodable, Hashable {
    let projection: String
    var events: Int64?
    var seconds: Double?
    var cancelled: Bool?

    /// The summary for people.
    var sentence: String {
        if let cancelled {
            return cancelled ? "The build of \(projection) is dropped." : "No build of \(projection) is under way."
        }
        let seconds = seconds ?? 0
        let rate = seconds > 0 ? Int64(Double(events ?? 0) / seconds) : 0
        let length = Moment.text(of: .seconds(seconds))
        return "Rebuilt \(projection) from \(events ?? 0) events in \(length), \(rate) events/s; it is in use."
    }
}
