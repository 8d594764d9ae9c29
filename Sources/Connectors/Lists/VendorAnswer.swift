/// What a vendor says to a request for a page of a list.
package enum VendorAnswer: Sendable, Hashable {
    case page(VendorPage)
    /// The list is not there, and need not be.
    case absent
    /// The list is there, but the place in it is none any more.
    case placeLost

    /// The page, where there is one.
    package var page: VendorPage? {
        guard case .page(let page) = self else { return nil }
        return page
    }
}
