import EventLog
import Foundation
import Postgres

/// A line with its number in the whole import, from 1.
struct NumberedLine: Sendable, Hashable {
    let number: Int
    let line: ImportLine
}

/// Lines that are read together.
struct ImportChunk: Sendable {
    /// What a line is called when it is refused: "Line 17", "Object 17".
    enum Unit: String, Sendable {
        case line = "Line"
        case object = "Object"
    }

    /// What lines are called.
    let unit: Unit
    /// The lines.
    var lines: [NumberedLine] = []
    /// The numbers of lines that were not kept, since they are longer than the source takes.
    var tooLong: [Int] = []
    /// Where a reading goes on once this chunk is in the log, as JSON; nil when it cannot go on from here.
    var state: String?
    /// The part of the import that ``done`` and ``total`` are about, such as a list; nil is all of it.
    var part: String?
    /// How much of it was read.
    var done: Int64 = 0
    /// How much there is to read, in the unit of ``done``; nil when nobody knows.
    var total: Int64?
    /// When it was read.
    var readAt = PostgresTimestamp(Date())

    /// The lines in portions that are small enough to be imported in one call.
    var portions: [[NumberedLine]] {
        var portions: [[NumberedLine]] = []
        var bytes = 0
        for line in lines {
            let isFull = (portions.last?.count ?? EventImporter.batchCount) == EventImporter.batchCount
            if isFull || bytes + line.line.bytes.count > EventImporter.batchBytes {
                portions.append([])
                bytes = 0
            }
            bytes += line.line.bytes.count
            portions[portions.endIndex - 1].append(line)
        }
        return portions
    }
}
