import EventLog
import Foundation
import Postgres

/// What an import needs of the log.
struct ImportLog: Sendable {
    /// Imports lines in their order, as they were at the time, and says of each what became of it.
    let importLines: @Sendable ([ImportLine], PostgresTimestamp) async throws(EventLogError) -> [ImportOutcome]
    /// Keeps where an import from an origin goes on, as JSON.
    let keep: @Sendable (_ place: [UInt8], _ origin: String) async throws(EventLogError) -> Void
    /// Forgets where an import from an origin goes on.
    let forget: @Sendable (_ origin: String) async throws(EventLogError) -> Void
}

/// What is kept of an import under way, so that it goes on when it is cut off.
struct ImportPlace: Codable, Hashable {
    /// Where the reading goes on, as its JSON.
    var reading: String
    /// How many lines were refused by then: they are not read again.
    var refused: Int

    /// The place as JSON.
    var json: [UInt8] {
        get throws { Array(try JSONEncoder().encode(self)) }
    }
}
