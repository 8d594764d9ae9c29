import ArgumentParser
import Foundation
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
        let summaries = letters.map(DeadLetterSummary.init)
        try output.write(summaries) {
            Table(
                ["PROJECTION", .number("POSITION"), "REASON", "SQLSTATE", .number("TRIES"), "SINCE", "SETTLED"],
                rows: summaries.map {
                    [
                        $0.projection, String($0.position), $0.reason, $0.sqlstate ?? "", String($0.attempts),
                        Moment.text(of: $0.firstFailedAt), $0.resolution ?? "",
                    ]
                },
                emptyText: "There are no dead letters."
            )
        }
    }
}

/// A dead letter in the form that is printed.
struct DeadLetterSummary: Encodable, Hashable {
    let projection: String
    let position: Int64
    let reason: String
    let sqlstate: String?
    let attempts: Int
    let firstFailedAt: Date
    let lastFailedAt: Date
    let resolvedAt: Date?
    let resolution: String?

    init(_ letter: DeadLetter) {
        projection = letter.address.projection.rawValue
        position = letter.address.position.rawValue
        reason = letter.reason
        sqlstate = letter.sqlState
        attempts = letter.attempts
        firstFailedAt = letter.firstFailedAt.date
        lastFailedAt = letter.lastFailedAt.date
        resolvedAt = letter.resolvedAt?.date
        resolution = letter.resolution?.rawValue
    }
}
