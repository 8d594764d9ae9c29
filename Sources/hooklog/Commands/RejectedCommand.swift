import ArgumentParser
import EventLog

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
        try output.write(report.json) {
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

extension RejectionReport {
    /// The report as it is printed as JSON.
    fileprivate var json: JSONObject {
        ["counts": counts.map(\.json), "samples": samples.map(\.json)]
    }
}

extension RejectionCount {
    fileprivate var json: JSONObject {
        ["source_id": source.description, "reason": reason, "count": count, "last_received_at": lastReceivedAt.date]
    }
}

extension RejectedDelivery {
    fileprivate var json: JSONObject {
        [
            "source_id": source.description, "received_at": receivedAt.date, "reason": reason,
            "header_names": headerNames, "body_sha256": bodySHA256?.hex, "size": size,
        ]
    }
}
