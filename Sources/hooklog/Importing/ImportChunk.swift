import EventLog
import Foundation
import Postgres

/// Lines that are imported together.
struct ImportChunk: Sendable {
    /// What a line is called when it is refused: "line 17", "object 17".
    enum Unit: String, Sendable {
        case line
        case object
    }

    /// A line with its number in the whole import, from 1.
    struct Entry: Sendable, Hashable {
        let number: Int
        let line: ImportLine
    }

    /// What lines are called.
    let unit: Unit
    /// The lines.
    var entries: [Entry] = []
    /// The numbers of lines that were not kept, since they are longer than the source takes.
    var tooLong: [Int] = []
    /// Where an import goes on once this chunk is in the log, as JSON; nil when it cannot go on from here.
    var state: [UInt8]?
    /// How much of the whole was read.
    var done: Int64 = 0
    /// How much there is to read, in the unit of ``done``; nil when nobody knows.
    var total: Int64?
    /// When it was read.
    var readAt = PostgresTimestamp(Date())
}
