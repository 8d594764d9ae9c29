extension Surface {
    /// Ruddr's API: `/api/workspace`, with its contacts and what they hang on.
    package static let ruddr = Surface(
        system: .ruddr,
        prefix: "/ruddr/api/workspace",
        dialect: RuddrDialect(),
        hasUUIDs: true,
        readsEmptyTextAsNull: true,
        page: [PageMember(name: "results"), .flag("hasMore")],
        operations: [SurfaceOperation("GET", "", .describeWorkspace, .ruddrContact)]
            + collection("/contacts", .ruddrContact)
            + collection("/clients", .ruddrClient, [ListFilter("code")])
            + collection("/companies", .ruddrCompany)
            + collection("/contact-tags", .ruddrContactTag)
    )

    private static let names = [
        ListFilter("name"),
        ListFilter("nameContains", .search, at: [["name"]]),
        ListFilter("nameStartsWith", .prefix, at: [["name"]]),
        ListFilter("nameEndsWith", .suffix, at: [["name"]]),
    ]

    private static func collection(
        _ path: String,
        _ kind: ObjectKind,
        _ filters: [ListFilter] = []
    ) -> [SurfaceOperation] {
        let list = ListRules(paging: .edges(usual: 10, most: 100), filters: names + filters)
        return [
            SurfaceOperation("GET", path, .list(list), kind),
            SurfaceOperation("POST", path, .create, kind),
            SurfaceOperation("GET", path + "/{id}", .read, kind),
            SurfaceOperation("PATCH", path + "/{id}", .update, kind),
            SurfaceOperation("DELETE", path + "/{id}", .delete, kind, status: 204),
        ]
    }
}
