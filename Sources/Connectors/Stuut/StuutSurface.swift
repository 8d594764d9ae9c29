extension Surface {
    /// Stuut's API: partners and their contacts under `/v1`, internal contacts and their roles under `/v2`.
    package static let stuut = Surface(
        system: .stuut,
        prefix: "/stuut",
        dialect: StuutDialect(),
        page: [PageMember(name: "data")],
        operations: collection("/v1/partners", .stuutPartner, update: "POST")
            + collection("/v1/partners/{id}/contacts", .stuutPartnerContact, update: "POST", below: "customer_id")
            + people
            + collection(
                "/v2/partners/{id}/internal-contacts",
                .stuutAssignment,
                update: "PATCH",
                below: "partner_id",
                creation: .stuutAssignmentCreation
            )
    )

    /// A person is made with a role, so that the answer is an assignment.
    private static let people =
        [
            SurfaceOperation(
                "POST",
                "/v2/internal-contacts",
                .create,
                .stuutAssignment,
                attributes: .stuutAssignmentCreation
            )
        ]
        + collection("/v2/internal-contacts", .stuutInternalContact, update: "PATCH").filter { !$0.creates }

    /// - Parameters:
    ///   - update: The method that changes an object.
    ///   - column: The one that has the partner of a path below a partner's.
    ///   - creation: What a new object is given, where it is more than what its own kind holds; a change then gives all of
    ///     that.
    private static func collection(
        _ path: String,
        _ kind: ObjectKind,
        update: String,
        below column: String? = nil,
        creation: [Attribute]? = nil
    ) -> [SurfaceOperation] {
        let parent = column.map { SurfaceOperation.Parent(kind: .stuutPartner, column: $0) }
        let item = path + (parent == nil ? "/{id}" : "/{child}")
        let list = ListRules(
            paging: .pages(first: 0, size: "limit", usual: 50, most: 200, isCounted: false),
            order: .sortBy,
            sorts: ["created_at", "modified_at", "name", "email", "id"]
        )
        return [
            SurfaceOperation("GET", path, .list(list), kind, parent: parent),
            SurfaceOperation("POST", path, .create, kind, parent: parent, attributes: creation),
            SurfaceOperation("GET", item, .read, kind, parent: parent),
            SurfaceOperation(update, item, creation == nil ? .update : .replace, kind, parent: parent),
            SurfaceOperation("DELETE", item, .delete, kind, parent: parent, status: 204),
        ]
    }
}
