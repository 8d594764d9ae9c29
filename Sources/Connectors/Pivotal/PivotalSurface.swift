extension Surface {
    /// Pivotal's API: `/api/v1`.
    ///
    /// Its reads are functions of their own, since they are the ones that are asked most.
    package static let pivotal = Surface(
        system: .pivotal,
        prefix: "/api/v1",
        dialect: PivotalDialect(),
        hasNumbers: true,
        page: [
            PageMember(name: "object", schema: #"{"type": "string", "const": "list"}"#, example: #""list""#),
            PageMember(name: "data"),
            .flag("has_more"),
            PageMember(
                name: "next_cursor",
                schema: #"{"type": ["string", "null"]}"#,
                example: #""2024-04-20T14:45:00.0000000000000000000000017Z""#
            ),
        ],
        operations: [
            SurfaceOperation("GET", "/health", .tellHealth, .pivotalCustomer),
            SurfaceOperation("GET", "/me", .describeKey, .pivotalCustomer),
        ]
            + customers + contacts + onboardings
    )

    private static let customers =
        [
            list("/customers", "list_customers", [.filter("status"), .filter("slug")], .pivotalCustomer),
            creation("/customers", .pivotalCustomer),
        ]
        + object("/customers/{id}", .pivotalCustomer)

    private static let contacts =
        [
            list("/customers/{id}/contacts", "list_customer_contacts", [.parent], .pivotalContact, below: true),
            creation("/customers/{id}/contacts", .pivotalContact, below: true),
        ]
        + object("/contacts/{id}", .pivotalContact)

    private static let onboardings =
        [
            list(
                "/customers/{id}/onboardings",
                "list_onboardings",
                [.parent, .flag(false), .nothing, .nothing],
                .pivotalOnboarding,
                below: true
            ),
            list(
                "/onboardings",
                "list_onboardings",
                [.named("customer_id"), .flag(true), .filter("state"), .filter("phase")],
                .pivotalOnboarding
            ),
            creation(
                "/onboardings",
                .pivotalOnboarding,
                [
                    Attribute(
                        name: "customer_id",
                        member: "customer_id",
                        form: .name,
                        isRequired: true,
                        named: .pivotalCustomer
                    )
                ]
            ),
        ]
        + object("/onboardings/{id}", .pivotalOnboarding)

    /// - Parameter isBelow: Whether the path names a customer first.
    private static func list(
        _ path: String,
        _ function: String,
        _ arguments: [SurfaceOperation.Argument],
        _ kind: ObjectKind,
        below isBelow: Bool = false
    ) -> SurfaceOperation {
        SurfaceOperation("GET", path, .call(function, [.page] + arguments), kind, parent: isBelow ? customer : nil)
    }

    /// - Parameter more: What a new object is given besides what can be changed later.
    private static func creation(
        _ path: String,
        _ kind: ObjectKind,
        _ more: [Attribute] = [],
        below isBelow: Bool = false
    ) -> SurfaceOperation {
        SurfaceOperation(
            "POST",
            path,
            .create,
            kind,
            parent: isBelow ? customer : nil,
            status: 201,
            attributes: more + kind.attributes
        )
    }

    private static func object(_ path: String, _ kind: ObjectKind) -> [SurfaceOperation] {
        [
            SurfaceOperation("GET", path, .call("read_\(kind.entityType)", [.id]), kind),
            SurfaceOperation("PATCH", path, .update, kind),
            SurfaceOperation("DELETE", path, .delete, kind),
        ]
    }

    private static let customer = SurfaceOperation.Parent(kind: .pivotalCustomer, column: "customer_id")
}
