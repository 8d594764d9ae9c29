extension Surface {
    /// Piriod's API: customers, their org units and their contacts.
    package static let piriod = Surface(
        system: .piriod,
        prefix: "/piriod",
        access: .piriod,
        dialect: PiriodDialect(),
        page: [
            PageMember(name: "count", schema: #"{"type": "integer"}"#, example: "1"),
            PageMember(name: "next", schema: #"{"type": ["string", "null"]}"#, example: "null"),
            PageMember(name: "previous", schema: #"{"type": ["string", "null"]}"#, example: "null"),
            PageMember(name: "results"),
        ],
        operations: collection("/contacts", .piriodContact, contactFilters, expandable: ["orgunit"])
            + collection("/customers", .piriodCustomer, customerFilters)
            + collection("/orgunits", .piriodOrgunit, unitFilters)
    )

    private static let times = [ListFilter("created", .time), ListFilter("updated", .time)]

    private static let unitFilters = [ListFilter("customer", column: "customer_id"), ListFilter("name")]

    private static let contactFilters =
        [
            ListFilter("customer", column: "customer_id"), ListFilter("orgunit", column: "org_unit_id"),
            ListFilter("name"), ListFilter("email", .lowercased, column: "email"), ListFilter("invoicing", .boolean),
            ListFilter("collections", .boolean),
        ] + times

    private static let customerFilters =
        [
            ListFilter("country", at: [["country", "id"], ["country"]]), ListFilter("email"), ListFilter("name"),
            ListFilter("tax_id"), ListFilter("status"), ListFilter("reference"), ListFilter("subscriptions", .element),
            ListFilter("sources", .element), ListFilter("metadata", .members),
            ListFilter("search", .search, at: [["name"], ["email"], ["tax_id"], ["reference"]]),
        ] + times

    private static func collection(
        _ path: String,
        _ kind: ObjectKind,
        _ filters: [ListFilter],
        expandable: [String] = []
    ) -> [SurfaceOperation] {
        let list = ListRules(
            paging: .pages(first: 1, size: "page_size", usual: 20, most: 100, isCounted: true),
            order: .ordering,
            sorts: ["created", "updated", "name", "email", "id"],
            filters: filters
        )
        return [
            SurfaceOperation("GET", path, .list(list), kind, expandable: expandable),
            SurfaceOperation("POST", path, .create, kind, status: 201),
            SurfaceOperation("GET", path + "/{id}", .read, kind, expandable: expandable),
            SurfaceOperation("PATCH", path + "/{id}", .update, kind),
            SurfaceOperation("PUT", path + "/{id}", .replace, kind),
            SurfaceOperation("DELETE", path + "/{id}", .delete, kind, status: 204),
        ]
    }
}

extension SurfaceAccess {
    /// A token, and the workspace that is meant; a header asks for test data.
    static let piriod = SurfaceAccess(
        schemes: ["token", ""],
        workspaceHeader: "x-simple-workspace",
        testModeHeader: "x-piriod-test-mode"
    )
}
