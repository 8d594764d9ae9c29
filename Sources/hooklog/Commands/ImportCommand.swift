import ArgumentParser
import Connectors
import EventLog
import Foundation

/// `hooklog import`: brings in what a vendor had before its webhooks came, or what was exported elsewhere.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Bring objects and events into the log, from a vendor's API or a file.",
        discussion: """
            Webhooks tell of changes only; this brings in the rest. Every object that differs from what the log says it \
            is becomes an event of its vendor's shape; a second run appends only what has changed since. An import that \
            was interrupted goes on when the same command is given again.

              hooklog import --source src_… --from https://app.example \\
                --token-file token
              hooklog import --source src_… --from https://api.example \\
                --account acc_… --token-file token
              hooklog import --source src_… --file contacts.ndjson --type contact
              hooklog events tail --after 0 --json > events.ndjson

            A file has an object or an event as JSON on each line; the lines of `hooklog events tail --json` are events \
            too. Exits with 1 when a line was refused, by an interrupted run too; the first ten are named, and the others \
            are imported all the same. Events of other systems than the source's are skipped; exits with 1 when all are.
            """
    )

    @Option(help: .value("id", "The source in whose name events are appended, src_…."))
    var source: SourceID

    @Option(help: .value("url", "Import from the lists of the vendor's API, or another Hooklog's, at this address."))
    var from: String?

    @Option(
        name: .customLong("token"),
        help: .value("text", "The API's token. Other users may see it in the list of processes.")
    )
    var tokenText: String?

    @Option(help: .value("file", "Read the API's token from this file (- is standard input)."))
    var tokenFile: String?

    @Option(help: .value("id", "The vendor's name of the account, which some want (acc_…)."))
    var account: String?

    @Option(help: .value("n", "How many requests may be under way at a time, up to 16 (default: 4)."))
    var connections: Int?

    @Option(help: .value("file", "Import the lines of this file (- is standard input)."))
    var file: String?

    @Option(help: .value("name", "With --file: the kind of objects that do not say it, such as contact."))
    var type: String?

    @Flag(help: "Objects are test data; events say it themselves.")
    var test = false

    @Flag(help: "Begin anew instead of going on with an interrupted import.")
    var restart = false

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func validate() throws {
        guard (file == nil) != (from == nil) else {
            throw ValidationError("Give either --from or --file, and not both.")
        }
        guard type == nil || file != nil else { throw ValidationError("--type goes with --file.") }
        guard from != nil else {
            guard tokenText == nil, tokenFile == nil, account == nil, connections == nil else {
                throw ValidationError("--token, --token-file, --account and --connections go with --from.")
            }
            return
        }
        guard (tokenText == nil) != (tokenFile == nil) else {
            throw ValidationError("Give the API's token with --token or --token-file.")
        }
        guard 1...16 ~= connections ?? 1 else { throw ValidationError("--connections must be from 1 to 16.") }
    }

    func run() async throws {
        let token = try token()
        let report = try await databaseOptions.withDatabase { database in
            let details = try await database.sources().show(source)
            let target = ImportTarget(
                source: source,
                sender: try Senders.known.sender(details.connector),
                livemode: !test,
                bodyLimit: details.settings.maximumBodySize
            )
            let session = ImportSession(database: database, target: target, restarts: restart)
            guard let from else {
                return try await session.importFile(file ?? "-", kind: type, settings: details.settings)
            }
            return try await session.importLists(
                from,
                token: token ?? "",
                account: account,
                width: connections ?? 4
            )
        }
        try write(report)
    }
}

extension ImportCommand {
    /// The token of the API; nil without one.
    private func token() throws -> String? {
        guard let tokenFile else { return tokenText }
        return try InputFile.text(tokenFile, content: "token").trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// How to go on after an import that ended early; nothing when it would begin anew.
    private func advice(after summary: ImportSummary) -> String {
        guard file != "-", summary.isWorthKeeping else { return "" }
        return " The same command\(restart ? " without --restart" : " again") goes on from there."
    }

    /// Prints what an import did; the result goes to standard output only when it is one.
    private func write(_ report: ImportRun.Report) throws {
        let summary = report.summary
        summary.remarks.forEach(Output.remark)
        if let failure = report.failure {
            if output.isJSON { try Output.writeLine(JSONLine.text(of: summary)) }
            Output.remark(summary.sentence + advice(after: summary))
            throw failure
        }
        try output.write(summary) { summary.sentence }
        guard summary.allRefused == 0, !summary.isAllForeign else { throw ExitCode.failure }
    }
}
