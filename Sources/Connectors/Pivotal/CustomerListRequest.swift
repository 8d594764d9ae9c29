/// What `GET /customers` asks for.
package struct CustomerListRequest: Hashable, Sendable {
    /// The page of the list.
    package let page: PageRequest
    /// Any text: the vendor's pages disagree on the values there are, and an unknown one finds nothing.
    package let status: String?
    /// The exact slug; nil is any.
    package let slug: String?

    /// Reads the page and the filters; throws as those do.
    package init(_ items: QueryItems) throws(PivotalError) {
        page = try PageRequest(items)
        status = try items.filter("status")
        slug = try items.filter("slug")
    }
}
