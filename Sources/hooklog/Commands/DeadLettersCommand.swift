import ArgumentParser
import EventLog
import Foundation
import Projections

/// `hooklog dead-letters`: shows and settles the events that projections have set aside.
struct DeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dead-letters",
        abstract: "See the events that a projection could not fold; retry or discard them.",
        subcommands: [ListDeadLettersCommand.self, RetryDeadLettersCommand.self, DiscardDeadLetterCommand.self]
    )
}

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

/// `hooklog dead-letters retry`: tries one dead letter again, or all of a projection.
struct RetryDeadLettersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Try to fold a dead letter again, or all of a projection.",
        discussion: """
            An event that is folded now takes the place in its entity's history that its time gives it, as if it had \
            never failed. Exits with 1 when some are still refused.
            """
    )

    @Argument(help: .value("projection", "The projection that set the event aside."))
    var projection: String

    @Argument(help: .value("position", "The event's position; all unsettled ones without it."))
    var position: Int64?

    @OptionGroup var workspaceOptions: WorkspaceOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let counts = try await databaseOptions.withDatabase { database in
            let store = DeadLetterStore(pool: database.pool)
            let name = ProjectionName(rawValue: projection)
            let workspace = try await workspaceOptions.find(in: database)
            guard let position else {
                return try await store.retryAll(DeadLetterFilter(workspace: workspace, projection: name))
            }
            let address = DeadLetter.Address(
                workspace: workspace,
                projection: name,
                position: Position(rawValue: position)
            )
            return [try await store.retry(address): 1]
        }
        if let position, counts[.missing] != nil { throw CommandError.noDeadLetter(of: projection, at: position) }
        let all = DeadLetterStore.RetryOutcome.allCases.map { ($0.rawValue, counts[$0] ?? 0) }
        try output.write(Dictionary(uniqueKeysWithValues: all)) { Self.sentence(counts) }
        if counts[.refused] != nil { throw ExitCode.failure }
    }

    private static func sentence(_ counts: [DeadLetterStore.RetryOutcome: Int]) -> String {
        let words: KeyValuePairs<DeadLetterStore.RetryOutcome, String> = [
            .retried: "folded", .refused: "still refused", .resolved: "settled before", .missing: "not found",
        ]
        let parts = words.compactMap { outcome, word in counts[outcome].map { "\($0) \(word)" } }
        return parts.isEmpty ? "There are no unsettled dead letters." : parts.joined(separator: ", ") + "."
    }
}

/// `hooklog dead-letters discard`: gives a dead letter up for good.
struct DiscardDeadLetterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Give a dead letter up for good.",
        discussion: "The event stays in the log, and so does the discard: a rebuild knows of it."
    )

    @Argument(help: .value("projection", "The projection that set the event aside."))
    var projection: String

    @Argument(help: .value("position", "The event's position in the log."))
    var position: Int64

    @OptionGroup var workspaceOptions: WorkspaceOptions
    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func validate() throws {
        guard position > 0 else { throw ValidationError("The position must be 1 or more.") }
    }

    func run() async throws {
        let outcome = try await databaseOptions.withDatabase { database in
            let address = DeadLetter.Address(
                workspace: try await workspaceOptions.find(in: database),
                projection: ProjectionName(rawValue: projection),
                position: Position(rawValue: position)
            )
            return try await DeadLetterStore(pool: database.pool)
                .discard(address, actor: "command line: \(NSUserName())")
        }
        let sentence = try sentence(outcome)
        try output.write(["outcome": outcome.rawValue]) { sentence }
    }

    private func sentence(_ outcome: DeadLetterStore.DiscardOutcome) throws(CommandError) -> String {
        switch outcome {
        case .discarded: return "Position \(position) is discarded."
        case .duplicate: return "Position \(position) was discarded before."
        case .resolved:
            throw CommandError(
                .notFound,
                "Position \(position) was retried with success before; there is nothing to discard."
            )
        case .missing: throw CommandError.noDeadLetter(of: projection, at: position)
        }
    }
}

extension CommandError {
    fileprivate static func noDeadLetter(of projection: String, at position: Int64) -> CommandError {
        CommandError(
            .notFound,
            "\(projection) has no dead letter at position \(position). See `hooklog dead-letters list`."
        )
    }
}
