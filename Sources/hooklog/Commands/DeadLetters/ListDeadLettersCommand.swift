import ArgumentParser
import Projections

/// `hooklog dead-letters list`: prints the dead letters of a workspace.
struct ListDeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print the events that were set aside, and why.",
        discussion: "`hooklog events show POSITION` prints such an event. Settled ones are shown with --all."
    )

    @OptionGroup var workspaceOptions: WorkspaceOptions

    @Option(help: .value("projection", "Only those of this projection."))
    var projection: String?

    @Flag(help: "Also those that were retried or discarded.")
    var all = false

    @Option(help: .value("n", "How many to print, up to 1000."))
    var limit = 100

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func validate() throws {
        guard 1...1000 ~= limit else { throw ValidationError("--limit must be from 1 to 1000.") }
    }

    func run() async throws {
        let letters = try await databaseOptions.withDatabase { database in
            var filter = DeadLetterFilter()
            filter.workspace = try await workspaceOptions.find(in: database)
            filter.projection = projection.map(ProjectionName.init(rawValue:))
            filter.unresolvedOnly = !all
            filter.limit = limit
            return try await DeadLetterStore(pool: database.pool).list(filter)
        }
        try output.write(letters.map(\.json)) {
            Table(
                ["PROJECTION", .number("POSITION"), "REASON", "SQLSTATE", .number("TRIES"), "SINCE", "SETTLED"],
                rows: letters.map {
                    [
                        $0.address.projection.rawValue, $0.address.position.description, $0.reason, $0.sqlState ?? "",
                        String($0.attempts), Moment.text(of: $0.firstFailedAt.date), $0.resolution?.rawValue ?? "",
                    ]
                },
                emptyText: "There are no dead letters."
            )
        }
    }
}

extension DeadLetter {
    /// The dead letter as it is printed as JSON.
    fileprivate var json: JSONObject {
        [
            "projection": address.projection.rawValue, "position": address.position.rawValue, "reason": reason,
            "sqlstate": sqlState, "attempts": attempts, "first_failed_at": firstFailedAt.date,
            "last_failed_at": lastFailedAt.date, "resolved_at": resolvedAt?.date, "resolution": resolution?.rawValue,
        ]
    }
}
