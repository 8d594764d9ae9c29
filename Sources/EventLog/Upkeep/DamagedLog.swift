import Postgres

/// A log that has lost events: it does not end where what was kept of it says.
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

    init(_ row: PostgresRow) throws(PostgresError) {
        workspace = try row["workspace"]
        end = Position(rawValue: try row["log_end"])
        floor = Position(rawValue: try row["floor"])
        ledgerEnd = Position(rawValue: try row["ledger_end"])
        checkpointEnd = Position(rawValue: try row["checkpoint_end"])
    }
}

extension DamagedLog: CustomStringConvertible {
    /// What is wrong, without a full stop.
    package var description: String {
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
