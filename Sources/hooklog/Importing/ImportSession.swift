import Connectors
import EventLog
import Foundation
import Postgres

/// Sets an import up over a database, runs it and leaves everything closed.
struct ImportSession {
    let database: Database
    let target: ImportTarget
    /// Whether an interrupted import of the same is forgotten.
    let restarts: Bool

    /// Imports a file.
    func importFile(_ name: String, kind: String?, settings: SourceSettings) async throws -> ImportSummary {
        let reading = try FileReading(
            name,
            kind: kind,
            lineLimit: settings.maximumBodySize,
            earlier: try await earlier(FileReading.origin(of: name))
        )
        return try await run(reading)
    }

    /// Imports a vendor's lists.
    func importLists(_ url: String, _ access: ImportListOptions.Access) async throws -> ImportSummary {
        guard let api = VendorAPI.of(target.connector) else {
            throw CommandError(
                .invalidSetting,
                "The lists of connector \(target.connector) are not known. Import its events with --file."
            )
        }
        guard let place = ListTarget(url, of: api) else {
            throw CommandError(
                .invalidSetting,
                "--from must be the http or https address of an API, without a query or a password in it."
            )
        }
        guard !api.needsAccount || access.account != nil else {
            throw CommandError(.invalidSetting, "Piriod wants to know the account. Give it with --account acc_….")
        }
        let origin = [place.base, access.account, target.livemode ? nil : "test"].compactMap(\.self).joined(
            separator: " "
        )
        let earlier = try await earlier(origin)
        let headers = api.headers(token: access.token, account: access.account, livemode: target.livemode)
        return try await ListClient.withHTTPClient(width: access.width) { client in
            let answers = ListClient(client: client, target: place, headers: headers)
            let reading = ListReading(api, origin: origin, answers: answers, width: access.width, earlier: earlier)
            return try await run(reading)
        }
    }

    private var checkpoints: ImportCheckpointStore { ImportCheckpointStore(pool: database.pool, source: target.source) }

    private func earlier(_ origin: String) async throws -> [UInt8]? {
        guard !restarts else {
            try await checkpoints.forget(origin)
            return nil
        }
        return try await checkpoints.state(of: origin)
    }

    private func run(_ reading: some ImportReading) async throws -> ImportSummary {
        if reading.earlierCount > 0 {
            Output.remark("Going on after \(reading.earlierCount), where an earlier run was interrupted.")
        }
        let activity = LogActivity()
        let notifier = ActivityNotifier(
            pool: database.pool,
            configuration: database.configuration,
            activity: activity,
            logger: database.logger
        )
        var untimed = database.configuration
        untimed.statementTimeout = nil
        let pool = PostgresPool(
            PostgresPoolConfiguration(connection: untimed, size: 1, name: "import"),
            logger: database.logger
        )
        let appender = EventAppender(pool: pool, activity: activity, logger: database.logger)
        let outcome = await Result {
            try await withThrowingTaskGroup(of: ImportSummary?.self) { group in
                group.addTask {
                    try await notifier.run()
                    return nil
                }
                group.addTask { try await self.run(reading, appender: appender) }
                defer { group.cancelAll() }
                while let summary = try await group.next() {
                    if let summary { return summary }
                }
                throw CancellationError()
            }
        }
        await pool.shutdown(deadline: .now + .seconds(2))
        return try outcome.get()
    }

    private func run(_ reading: some ImportReading, appender: EventAppender) async throws -> ImportSummary {
        var progress = ImportProgress()
        defer { progress.end() }
        return try await ImportRun(
            target: target,
            importer: EventImporter(pool: database.pool, appender: appender, target: target),
            checkpoints: checkpoints,
            reading: reading,
            logger: database.logger
        ).run(showing: &progress)
    }
}

extension ImportSummary {
    /// A sentence on a line that was refused.
    func remark(on refused: Refused, isFile: Bool) -> String {
        let advice = ImportRefusal(rawValue: refused.reason)?.advice ?? "was refused"
        return "\(isFile ? "Line" : "Object") \(refused.number) \(advice)."
    }
}
