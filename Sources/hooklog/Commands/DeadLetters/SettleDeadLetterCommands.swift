import ArgumentParser
import EventLog
import Foundation
import Projections

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
