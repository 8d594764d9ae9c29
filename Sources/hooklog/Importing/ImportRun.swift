import EventLog
import Logging

/// Brings everything that a reading yields into the log, and keeps how far it came.
///
/// The next chunk is read while one is imported. Its place is kept after its events were committed, about once a second,
/// so an import that is cut off goes on from the last place that was kept; what is read again is found in the log. A
/// database that is away is waited for.
struct ImportRun {
    /// How long a database that is away is waited for.
    private static let patience = Duration.seconds(60)

    let log: ImportLog
    let reading: any ImportReading
    let progress: ImportProgress
    let logger: Logger
    /// The kinds of objects that the source's system has.
    var entityTypes: [String] = []
    var clock: any Clock<Duration> = ContinuousClock()
    var keepInterval = Duration.seconds(1)

    /// What an import did, and why it ended before its time if it did.
    struct Report: Sendable {
        var summary: ImportSummary
        var failure: (any Error)?
    }

    /// Runs the import; what was imported is in the log also when it fails.
    func run(_ summary: ImportSummary) async -> Report {
        let start = ContinuousClock.now
        var report = Report(summary: summary)
        /// Where an interrupted import goes on, once that is kept.
        var place: ImportPlace?
        var keptAt = start
        do {
            var chunk = try await reading.next()
            while let current = chunk {
                let (outcomes, following) = try await importWhileReading(current)
                note(outcomes, of: current, in: &report.summary)
                // While every line was refused, the next run may well be given other options.
                if let state = current.state, report.summary.isWorthKeeping {
                    place = ImportPlace(reading: state, refused: report.summary.allRefused)
                }
                if ContinuousClock.now - keptAt >= keepInterval, let json = try place?.json {
                    (place, keptAt) = (nil, .now)
                    try await patiently { () async throws(EventLogError) in try await log.keep(json, reading.origin) }
                }
                progress.show(report.summary, of: current, at: .now)
                chunk = try following.get()
            }
            try await patiently { () async throws(EventLogError) in try await log.forget(reading.origin) }
        } catch {
            let isCancelled = error is CancellationError || (error as? EventLogError)?.code == .cancelled
            let failure = isCancelled ? CommandError(.interrupted, "Interrupted.") : error
            report.failure = failure
            report.summary.error = "\(failure)"
            if let last = try? place?.json { try? await log.keep(last, reading.origin) }
        }
        report.summary.absent = await reading.absentKinds
        report.summary.seconds = (ContinuousClock.now - start) / .seconds(1)
        return report
    }

    /// Imports a chunk while the next one is read.
    private func importWhileReading(
        _ chunk: ImportChunk
    ) async throws -> ([ImportOutcome], Result<ImportChunk?, any Error>) {
        async let following = Result { try await reading.next() }
        var outcomes: [ImportOutcome] = []
        for portion in chunk.portions {
            outcomes += try await patiently { () async throws(EventLogError) in
                try await log.importLines(portion.map(\.line), chunk.readAt)
            }
        }
        return (outcomes, await following)
    }

    private func note(_ outcomes: [ImportOutcome], of chunk: ImportChunk, in summary: inout ImportSummary) {
        let judged = zip(chunk.lines, outcomes).map { ($0.number, $1) }
        for (number, outcome) in judged + chunk.tooLong.map({ ($0, .refused(.tooLong)) }) {
            guard let refused = summary.note(outcome, number: number) else { continue }
            progress.remark(refused.remark(chunk.unit, entityTypes))
        }
    }

    /// Does what the database is needed for; tries again for a while when it is away, which appends nothing twice.
    private func patiently<Value: Sendable>(
        _ work: () async throws(EventLogError) -> Value
    ) async throws -> Value {
        let deadline = ContinuousClock.now + Self.patience
        var waited = Duration.zero
        while true {
            let failure: EventLogError
            do throws(EventLogError) {
                return try await work()
            } catch {
                failure = error
            }
            guard failure.code == .unavailable else { throw failure }
            guard ContinuousClock.now < deadline, waited < Self.patience else {
                throw CommandError(.databaseNotReady, "The database did not come back within a minute.")
            }
            progress.makeRoom()
            logger.warning("The database is away; the import waits for it", metadata: ["error": "\(failure.code)"])
            let wait = failure.retryAfter ?? .seconds(2)
            waited += wait
            try await clock.sleep(for: wait)
        }
    }
}
