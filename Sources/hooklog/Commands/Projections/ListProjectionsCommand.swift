import ArgumentParser
import Foundation
import Projections

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
        let summaries = statuses.map(ProjectionSummary.init)
        try output.write(summaries) {
            Table(
                [
                    "WORKSPACE", "PROJECTION", "VERSION", .number("POSITION"), .number("LAG"), .number("DEAD LETTERS"),
                    "STATE", "PROBLEM",
                ],
                rows: summaries.map {
                    [
                        $0.workspace, $0.name, $0.version, String($0.position), String($0.lag), String($0.deadLetters),
                        $0.state, $0.problem,
                    ]
                },
                emptyText: "There is no workspace yet. Make one with `hooklog workspace create NAME`."
            )
        }
    }
}

/// How a projection does, in the form that is printed.
struct ProjectionSummary: Encodable, Hashable {
    let workspace: String
    let name: String
    let version: String
    let position: Int64
    let lag: Int64
    let lagSeconds: Double
    let deadLetters: Int64
    let state: String
    let error: String?
    let sqlstate: String?
    let retryAt: Date?
    let buildPosition: Int64?

    init(_ status: ProjectionStatus) {
        workspace = status.slug
        name = status.projection.rawValue
        version = status.version.rawValue
        position = status.position.rawValue
        lag = status.lag
        lagSeconds = status.lagSeconds
        deadLetters = status.deadLetters
        state = status.state.rawValue
        error = status.failure?.reason ?? status.build?.error
        sqlstate = status.failure?.sqlState
        retryAt = status.failure?.retryAt?.date
        buildPosition = status.build?.position.rawValue
    }

    /// What is the matter, for people.
    var problem: String {
        guard let error else { return "" }
        let state = sqlstate.map { " (SQLSTATE \($0))" } ?? ""
        let retry = retryAt.map { ", next try \(Moment.text(of: $0))" } ?? ""
        return error + state + retry
    }
}
