import ArgumentParser
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
