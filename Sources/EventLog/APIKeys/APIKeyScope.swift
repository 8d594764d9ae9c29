/// What an API key may do; each scope includes the ones before it.
package enum APIKeyScope: String, Sendable, Hashable, CaseIterable, Comparable {
    /// Reads.
    case read
    /// Reads and writes.
    case write
    /// Reads, writes and administers the workspace.
    case admin

    /// Orders by what is allowed.
    package static func < (left: APIKeyScope, right: APIKeyScope) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .read: 0
        case .write: 1
        case .admin: 2
        }
    }
}
