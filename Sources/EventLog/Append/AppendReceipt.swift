/// What became of a delivery, after the commit that says so.
package struct AppendReceipt: Sendable, Hashable {
    /// What became of it.
    package enum Outcome: String, Sendable, Hashable, CaseIterable {
        /// It is an event of the log now.
        case inserted
        /// The log has had this event before, with the same body.
        case duplicate
        /// The log has an event of this id with another body, which stays; this body was set aside.
        case conflict
    }

    /// The position of the event that bears the delivery's id.
    package let position: Position
    /// What became of the delivery.
    package let outcome: Outcome

    /// Creates a receipt.
    package init(position: Position, outcome: Outcome) {
        self.position = position
        self.outcome = outcome
    }
}
