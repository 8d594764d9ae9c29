import ArgumentParser
import EventLog
import Foundation

/// `hooklog rejected`: shows refused deliveries.
struct RejectedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejected",
        abstract: "See why deliveries were refused.",
        subcommands: [ListRejectedCommand.self]
    )
}

/// `hooklog rejected list`: prints why deliveries were refused.
struct ListRejectedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Print why deliveries were refused, and how many.",
        discussion: """
            Prints the exact count of each reason, then samples, the latest first. To look closer at one delivery, \
            give its headers and body to `hooklog signature verify`.
            """
    )

    @OptionGroup var workspaceOptions: WorkspaceOptions

    @Option(help: .value("id", "Only those to this source."))
    var source: SourceID?

    @Option(help: .value("n", "How many samples to print, up to 1000."))
    var limit = 20

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func validate() throws {
        guard 1...1000 ~= limit else { throw ValidationError("--limit must be from 1 to 1000.") }
    }

    func run() async throws {
        let report = try await databaseOptions.withDatabase { database in
            let reader = RejectedDeliveryReader(pool: database.pool)
            if let source { return try await reader.list(in: source.workspace, source: source, limit: limit) }
            return try await reader.list(in: workspaceOptions.find(in: database), limit: limit)
        }
        try output.write(RejectionSummary(report)) {
            [Self.counts(report), Self.samples(report)].compactMap { $0?.text(emphasisesHeadings: output.isTerminal) }
                .joined(separator: "\n\n")
        }
    }

    private static func counts(_ report: RejectionReport) -> Table? {
        Table(
            ["SOURCE", "REASON", .number("COUNT"), "LAST"],
            rows: report.counts.map {
                [$0.source.description, $0.reason, String($0.count), Moment.text(of: $0.lastReceivedAt.date)]
            },
            emptyText: "No delivery has been refused."
        )
    }

    private static func samples(_ report: RejectionReport) -> Table? {
        guard !report.samples.isEmpty else { return nil }
        return Table(
            ["RECEIVED", "SOURCE", "REASON", .number("BYTES"), "HEADERS"],
            rows: report.samples.map {
                [
                    Moment.text(of: $0.receivedAt.date), $0.source.description, $0.reason, String($0.size),
                    $0.headerNames.joined(separator: " "),
                ]
            },
            emptyText: ""
        )
    }
}

/// Refused deliveries in the form that is printed as JSON.
struct RejectionSummary: Encodable {
    /// How many were refused for one reason.
    struct Count: Encodable {
        let sourceID: String
        let reason: String
        let count: Int64
        let lastReceivedAt: Date
    }

    /// One of them.
    struct Sample: Encodable {
        let sourceID: String
        let receivedAt: Date
        let reason: String
        let headerNames: [String]
        let bodySha256: String?
        let size: Int64
    }

    let counts: [Count]
    let samples: [Sample]

    /// Takes what a reader returned.
    init(_ report: RejectionReport) {
        counts = report.counts.map {
            Count(
                sourceID: $0.source.description,
                reason: $0.reason,
                count: $0.count,
                lastReceivedAt: $0.lastReceivedAt.date
            )
        }
        samples = report.samples.map {
            Sample(
                sourceID: $0.source.description,
                receivedAt: $0.receivedAt.date,
                reason: $0.reason,
                headerNames: $0.headerNames,
                bodySha256: $0.bodySHA256?.hex,
                size: $0.size
            )
        }
    }
}
