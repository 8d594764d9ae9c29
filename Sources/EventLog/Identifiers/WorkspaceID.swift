/// The identifier of a workspace.
package struct WorkspaceID: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The number, from 1.
    package let rawValue: Int64

    /// Creates an identifier from its number.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// The number in decimal.
    package var description: String { String(rawValue) }

    /// Orders by number.
    package static func < (left: WorkspaceID, right: WorkspaceID) -> Bool { left.rawValue < right.rawValue }
}
