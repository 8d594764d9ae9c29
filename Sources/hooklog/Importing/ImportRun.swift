import EventLog
import Logging

/// Brings everything that a reading yields into the log, and keeps how far it came.
///
/// The next chunk is read while one is imported. Its place is saved after its events were committed, about once a second,
/// so an import that is cut off goes on from at most a second before; what is read again is found in the log.
struct ImportRun {
    private static let saveInterval = Duration.seconds(1)
    /// How long a database that is away is waited for.
    private static let patience = Duration.seconds(60)

    let target: ImportTarget
    let importer: EventImporter
    let checkpoints: ImportCheckpointStore
    let reading: any ImportReading
    let logger: Logger
    var clock: any Clock<Duration> = ContinuousClock()

    /// Runs the import and returns what it did.
    ///
    /// - Throws: What reading or importing throws; the place before it is saved.
    func run(showing progress: inout ImportProgress) async throws -> ImportSummary {
        let start = ContinuousClock.now
        var summary = ImportSummary(source: target.source, earlier: reading.earlierCount)
        var place = Place()
        do {
            var chunk = try await reading.next()
            while let current = chunk {
                let (outcomes, following) = try await importWhileReading(current)
                for (entry, outcome) in zip(current.entries, outcomes) { summary.note(outcome, number: entry.number) }
                for number in current.tooLong { summary.note(.refused(.tooLong), number: number) }
                place.note(current.state)
                if place.isDue(after: Self.saveInterval) { try await save(place.take()) }
                progress.show(summary, done: current.done, total: current.total, at: .now)
                chunk = try following.get()
            }
        } catch {
            try? await save(place.take())
            throw error
        }
        try await checkpoints.forget(reading.origin)
        summary.seconds = (ContinuousClock.now - start) / .seconds(1)
        return summary
    }

    /// Imports a chunk while the next one is read.
    private func importWhileReading(
        _ chunk: ImportChunk
    ) async throws -> ([ImportOutcome], Result<ImportChunk?, any Error>) {
        async let following = Result { try await reading.next() }
        let outcomes = try await importChunk(chunk)
        return (outcomes, await following)
    }

    /// The place that an interrupted import goes on from.
    private struct Place {
        private(set) var state: [UInt8]?
        private var savedAt = ContinuousClock.now

        mutating func note(_ state: [UInt8]?) { self.state = state ?? self.state }

        func isDue(after interval: Duration) -> Bool { state != nil && ContinuousClock.now - savedAt >= interval }

        mutating func take() -> [UInt8]? {
            savedAt = .now
            defer { state = nil }
            return state
        }
    }

    private func save(_ state: [UInt8]?) async throws {
        guard let state else { return }
        try await checkpoints.save(state, of: reading.origin)
    }

    /// Imports a chunk; tries again for a while when the database is away, which appends nothing twice.
    private func importChunk(_ chunk: ImportChunk) async throws -> [ImportOutcome] {
        let deadline = ContinuousClock.now + Self.patience
        while true {
            let failure: EventLogError
            do throws(EventLogError) {
                return try await importer.importLines(chunk.entries.map(\.line), readAt: chunk.readAt)
            } catch {
                failure = error
            }
            guard failure.code == .unavailable, ContinuousClock.now < deadline else { throw failure }
            logger.warning("The database is away; the import waits for it", metadata: ["error": "\(failure.code)"])
            try await clock.sleep(for: failure.retryAfter ?? .seconds(2))
        }
    }
}
