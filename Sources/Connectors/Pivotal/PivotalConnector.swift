extension Connector {
    /// Pivotal.
    package static let pivotal = Connector(name: .pivotal, surface: .pivotal, lists: .pivotal)
}

extension VendorAPI {
    /// Pivotal's lists; there is none of all contacts, for each customer has one.
    fileprivate static let pivotal = VendorAPI(
        .pivotal,
        basePath: "/api/v1",
        lists: [
            VendorList(
                "customer",
                at: "/customers",
                .cursor,
                children: [VendorList("contact", at: "/customers/{id}/contacts", .cursor)]
            ),
            VendorList("onboarding", at: "/onboardings", .cursor),
        ]
    )
}
