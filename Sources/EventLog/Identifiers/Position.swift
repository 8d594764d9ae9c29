/// A place in a workspace's log: 1, 2, 3, … without holes, in commit order.
package struct Position: Identifier {
    /// The number; 0 is before the first event.
    package let rawValue: Int64

    /// Creates a position from its number.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The place before the first event.
    package static let start = Position(rawValue: 0)
}
