/// Which page of a list a request asks for.
package struct PageRequest: Hashable, Sendable {
    /// The most rows of the page.
    package let limit: Int32
    /// Where the page before ended; nil for the first page.
    package let cursor: PageCursor?

    /// Creates a request from its parts.
    package init(limit: Int32 = Self.defaultLimit, cursor: PageCursor? = nil) {
        self.limit = limit
        self.cursor = cursor
    }

    /// What the vendor's OpenAPI pages say; an older page of theirs says 20.
    package static let defaultLimit: Int32 = 25
}

extension PageRequest {
    /// Reads `limit` (1 to 100) and `cursor`.
    ///
    /// Throws `invalid` with the first fault.
    package init(_ items: QueryItems) throws(Refusal) {
        limit = try items.integer("limit", in: 1...100).map { Int32($0) } ?? Self.defaultLimit
        cursor = try items.datetime("cursor")
    }
}
