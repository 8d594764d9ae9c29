/// A request for a page of a vendor's list.
package struct VendorPageRequest: Sendable, Hashable {
    /// The list.
    package let list: VendorList
    /// The object that the list belongs to.
    let parent: String?
    /// Where the page begins; nil is the list's beginning.
    let place: VendorPagePlace?

    /// The path and query below the API's base.
    package var target: String {
        let path = list.path.split(separator: "{id}", omittingEmptySubsequences: false)
            .joined(separator: PercentEncoding.text(of: parent ?? ""))
        return path + "?" + list.paging.query(at: place)
    }

    /// Whether the list's end or absence is no failure: it is optional, belongs to an object that may be gone by now, or
    /// has become shorter since the page before.
    package var mayBeAbsent: Bool { list.isOptional || parent != nil || (place != nil && list.paging == .numbered) }

    /// Where to go on when the page is not there: the list has become shorter, so that its end is on a page before.
    var placeBefore: VendorPagePlace? {
        guard list.paging == .numbered, let page = place.flatMap({ Int($0.token) }), page > 1 else { return nil }
        return VendorPagePlace(token: String(page - 1))
    }
}
