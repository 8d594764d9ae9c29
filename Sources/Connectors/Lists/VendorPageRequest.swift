/// A request for a page of a vendor's list.
package struct VendorPageRequest: Sendable, Hashable {
    /// The list.
    package let list: VendorList
    /// The object that the list belongs to.
    let parent: String?
    /// Where the page begins; nil is the list's beginning.
    let place: VendorPagePlace?
    /// Whether the list was begun anew already, since its place was lost.
    var isBegunAnew = false

    /// The path and query below the API's base.
    package var target: String {
        let path = list.path.split(separator: "{id}", omittingEmptySubsequences: false)
            .joined(separator: PercentEncoding.text(of: parent ?? ""))
        return path + "?" + list.paging.query(at: place)
    }

    /// Whether the page's absence is no failure.
    ///
    /// The list is optional or belongs to an object that may be gone by now, or it has become shorter since the page
    /// before. That a list ends in the middle otherwise is a failure.
    package var mayBeAbsent: Bool { place == nil ? list.isOptional || parent != nil : placeBefore != nil }

    /// Whether it asks for the list's first page.
    package var isAtStart: Bool { place == nil }

    /// Whether the list may be begun anew when the vendor does not know the place, which it does once.
    package var mayBeginAnew: Bool { place != nil && !isBegunAnew }

    /// Where to go on when the page is not there: the list has become shorter, so that its end is on a page before.
    var placeBefore: VendorPagePlace? {
        guard list.paging == .numbered, let page = place.flatMap({ Int($0.token) }), page > 1 else { return nil }
        return VendorPagePlace(token: String(page - 1))
    }
}
