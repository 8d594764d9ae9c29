/// How a vendor pages its lists.
package enum VendorPaging: Sendable, Hashable {
    /// `limit` and `cursor` bring `data`, `has_more` and `next_cursor`.
    case cursor
    /// `page` from 1 and `page_size` bring `results`, `next` and `count`.
    case numbered
    /// `page` from 0 and `limit` bring `data` alone; the list ends before an empty page.
    case untilEmpty
    /// `limit` and `startingAfter`, the last object's id, bring `results` and `hasMore`.
    case startingAfter

    /// The most objects that a page may have, which is what is asked for.
    var size: Int { self == .untilEmpty ? 200 : 100 }

    /// Whether a place is counted from the list's beginning, so that it shifts when objects before it go.
    var isCounted: Bool { self == .numbered || self == .untilEmpty }

    /// The member that holds a page's objects.
    var member: String { self == .cursor || self == .untilEmpty ? "data" : "results" }

    /// The query of the page at `place`; nil is the first one.
    func query(at place: VendorPagePlace?) -> String {
        switch self {
        case .cursor:
            "limit=\(size)" + (place.map { "&cursor=\(PercentEncoding.text(of: $0.token))" } ?? "")
        case .numbered:
            // Oldest first, so that what is made meanwhile comes last and moves nothing.
            "page=\(place?.token ?? "1")&page_size=\(size)&ordering=created"
        case .untilEmpty:
            "page=\(place?.token ?? "0")&limit=\(size)&sort_by=created_at&sort_order=asc"
        case .startingAfter:
            "limit=\(size)" + (place.map { "&startingAfter=\(PercentEncoding.text(of: $0.token))" } ?? "")
        }
    }
}
