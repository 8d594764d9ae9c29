import Postgres

/// A log that has lost events: it does not end where what was kept of it says, or has a hole.
package struct DamagedLog: Sendable, Hashable {
    /// The workspace's short name.
    package let workspace: String
    /// The last position there is.
    package let end: Position
    /// The position that the log had when its floor was moved.
    package let floor: Position
    /// The last position in the ledger of deliveries.
    package let ledgerEnd: Position
    /// The position up to which a projection has read.
    package let checkpointEnd: Position
    /// The positions on both sides of a hole, when it is one.
    package let hole: Range<Position>?

    init(_ row: PostgresRow) throws(PostgresError) {
        workspace = try row["workspace"]
        end = try row["log_end"]
        floor = try row["floor"]
        ledgerEnd = try row["ledger_end"]
        checkpointEnd = try row["checkpoint_end"]
        hole = try Self.hole(row)
    }

    private static func hole(_ row: PostgresRow) throws(PostgresError) -> Range<Position>? {
        guard let after: Int64 = try row["hole_after"], let before: Int64 = try row["hole_before"] else { return nil }
        return Position(rawValue: min(after, before))..<Position(rawValue: max(after, before))
    }
}

extension DamagedLog: CustomStringConvertible {
    /// What is wrong, without a full stop.
    package var description: String {
        if let hole {
            return "the log of workspace \(workspace) has no events between positions \(hole.lowerBound) and"
                + " \(hole.upperBound)"
        }
        let log = "the log of workspace \(workspace) ends at position \(end)"
        let known = max(floor, checkpointEnd, ledgerEnd)
        guard known > end else { return "\(log), but its ledger of deliveries ends at \(ledgerEnd)" }
        let witness =
            if known == checkpointEnd {
                "a projection has read it up to"
            } else if known == ledgerEnd {
                "its ledger of deliveries ends at"
            } else {
                "it had grown to"
            }
        return "\(log), but \(witness) \(known)"
    }
}
