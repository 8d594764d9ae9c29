import EventLog
import Postgres

/// What an import needs of the log.
protocol ImportLog: Sendable {
    /// Imports lines in their order and says of each what became of it.
    func importLines(
        _ lines: [ImportLine],
        readAt time: PostgresTimestamp
    ) async throws(EventLogError) -> [ImportOutcome]

    /// Keeps where an import from `origin` goes on, as JSON.
    func keep(_ place: [UInt8], of origin: String) async throws(EventLogError)

    /// Forgets where an import from `origin` goes on.
    func forget(_ origin: String) async throws(EventLogError)
}

/// The log that an importer imports into.
struct ImportedLog: ImportLog {
    let importer: EventImporter
    let places: ImportPlaceStore

    func importLines(
        _ lines: [ImportLine],
        readAt time: PostgresTimestamp
    ) async throws(EventLogError) -> [ImportOutcome] {
        try await importer.importLines(lines, readAt: time)
    }

    func keep(_ place: [UInt8], of origin: String) async throws(EventLogError) {
        try await places.keep(place, of: origin)
    }

    func forget(_ origin: String) async throws(EventLogError) {
        try await places.forget(origin)
    }
}
