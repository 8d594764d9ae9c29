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
    private let progress = ImportProgress()

    /// Imports a file.
    func importFile(_ name: String, kind: String?, settings: SourceSettings) async throws -> ImportRun.Report {
        let options = FileReading.Options(
            kind: kind,
            livemode: target.livemode,
            // An event as Hooklog prints it has its envelope and headers around the body.
            lineLimit: settings.maximumBodySize + (64 << 10)
        )
        let place = try await earlier(FileReading.origin(of: name, options))
        let reading = try FileReading(name, options, earlier: place?.reading)
        return try await run(reading, kind: kind, from: place)
    }

    /// Imports a vendor's lists.
    func importLists(_ url: String, token: String, account: String?, width: Int) async throws -> ImportRun.Report {
        let (api, list) = try ListTarget.find(url, of: target.sender.name, account: account)
        if list.isInTheClear {
            Output.remark("Warning: the token goes to \(list.base) in the clear. Use https.")
        }
        let origin = [list.base, account, target.livemode ? nil : "test"].compactMap(\.self).joined(separator: " ")
        let place = try await earlier(origin)
        let headers = api.headers(token: token, account: account, livemode: target.livemode)
        return try await ListClient.withHTTPClient(width: width) { client in
            let answers = ListClient(
                client: client,
                target: list,
                headers: headers,
                waits: { progress.wait($0, for: $1) }
            )
            let reading = ListReading(
                api,
                origin: origin,
                answers: answers,
                width: width,
                earlier: place?.reading
            )
            return try await run(reading, from: place)
        }
    }

    private var places: ImportPlaceStore { ImportPlaceStore(pool: database.pool, source: target.source) }

    private func earlier(_ origin: String) async throws -> ImportPlace? {
        guard !restarts else {
            try await places.forget(origin)
            return nil
        }
        let json = try await places.state(of: origin)
        return json.flatMap { try? JSONDecoder().decode(ImportPlace.self, from: Data($0)) }
    }

    private func run(
        _ reading: some ImportReading,
        kind: String? = nil,
        from place: ImportPlace?
    ) async throws -> ImportRun.Report {
        if reading.earlierCount > 0 {
            Output.remark("Going on after \(reading.earlierCount), where an earlier run was interrupted.")
        }
        var untimed = try await database.configurationForWork()
        untimed.statementTimeout = nil
        let activity = LogActivity()
        let notifier = ActivityNotifier(
            pool: database.pool,
            configuration: database.configuration,
            activity: activity,
            logger: database.logger
        )
        let pool = PostgresPool(
            PostgresPoolConfiguration(connection: untimed, size: 1, name: "import"),
            logger: database.logger
        )
        let appender = EventAppender(pool: pool, activity: activity, logger: database.logger)
        let importer = EventImporter(pool: pool, appender: appender, target: target)
        let outcome = await Result {
            let run = ImportRun(
                log: ImportLog(importLines: importer.importLines, keep: places.keep, forget: places.forget),
                reading: reading,
                progress: progress,
                logger: database.logger,
                entityTypes: try await entityTypes(importer, including: kind)
            )
            let refused = reading.earlierCount > 0 ? place?.refused ?? 0 : 0
            let summary = ImportSummary(source: target.source, earlier: reading.earlierCount, refusedEarlier: refused)
            return try await self.run(run, summary, notifier)
        }
        await notifier.announce(target.source.workspace)
        await pool.shutdown(deadline: .now + .seconds(2))
        return try outcome.get()
    }

    /// Runs an import while other processes are told what it appends, and people what it waits for.
    private func run(
        _ run: ImportRun,
        _ summary: ImportSummary,
        _ notifier: ActivityNotifier
    ) async throws -> ImportRun.Report {
        defer { progress.makeRoom() }
        return try await AccompanyingWork.run([
            { try await notifier.run() },
            { while (try? await ContinuousClock().sleep(for: .seconds(1))) != nil { progress.tick() } },
        ]) {
            await run.run(summary)
        }
    }

    /// The kinds of objects that may come; one that was given must be among them.
    private func entityTypes(_ importer: EventImporter, including kind: String?) async throws -> [String] {
        let types = try await importer.entityTypes()
        if let kind, types?.contains(kind) != true {
            let advice =
                types.map { "Use one of \($0.joined(separator: ", "))." } ?? "It has events only: leave --type out."
            throw CommandError(
                .invalidSetting,
                "Connector \(target.sender.name) has no objects of type \(kind). \(advice)"
            )
        }
        return types ?? []
    }
}
