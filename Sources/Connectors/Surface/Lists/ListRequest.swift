/// Which page of a list a request asks for, and of what; as the list's statement takes it.
package struct ListRequest: Sendable {
    /// Where the page is, as a JSON object.
    package private(set) var place: String
    /// What is listed, as a JSON object; nil is everything.
    package let filters: String?
    /// The parameter that names an object at the page's edge; nil when there is none.
    package private(set) var edgeName: String?

    /// Reads the parameters of a query; unknown ones are ignored.
    ///
    /// - Parameters:
    ///   - parent: The column and the id of the object that the listed ones hang on.
    ///   - pageURL: What comes before a page's number in the URL of a page.
    ///
    /// Throws `invalid` with every fault, or `noSuchPage`.
    package init(
        _ items: QueryItems,
        _ rules: ListRules,
        parent: (column: String, id: String)? = nil,
        pageURL: String = ""
    ) throws(Refusal) {
        var reader = ParameterReader(items)
        var place = JSONObjectText()
        switch rules.paging {
        case .edges(let usual, let most):
            place.append("limit", json: String(reader.integer("limit", 1...most) ?? usual))
            if let edge = reader.edge() {
                place.append(edge.direction, edge.id)
                edgeName = edge.name
            }
        case .pages(let first, let size, let usual, let most, let isCounted):
            let limit = reader.integer(size, 1...most) ?? usual
            let page = try Self.page(&reader, first, isCounted) - first
            place.append("limit", json: String(limit))
            place.append("offset", json: String(limit * page))
            if isCounted {
                place.append("page", json: String(page + 1))
                place.append("page_url", pageURL)
            }
        }
        let order = reader.order(rules)
        place.append("descending", json: order.isDescending ? "true" : "false")
        if let sort = order.sort { place.append("sort", sort) }
        filters = reader.filters(rules.filters, parent)
        guard reader.faults.isEmpty else { throw .invalid(reader.faults) }
        self.place = place.text
    }

    private static func page(
        _ reader: inout ParameterReader,
        _ first: Int64,
        _ isCounted: Bool
    ) throws(Refusal) -> Int64 {
        let known = reader.faults.count
        let page = reader.integer("page", first...1_000_000_000) ?? first
        guard !isCounted || reader.faults.count == known else { throw .noSuchPage }
        return page
    }
}
