extension Connector {
    /// Ruddr.
    package static let ruddr = Connector(name: .ruddr, surface: .ruddr, lists: .ruddr)
}

extension VendorAPI {
    /// Ruddr's lists.
    fileprivate static let ruddr = VendorAPI(
        .ruddr,
        basePath: "/api/workspace",
        lists: [
            VendorList("client", at: "/clients", .startingAfter),
            VendorList("company", at: "/companies", .startingAfter, isOptional: true),
            VendorList("contact_tag", at: "/contact-tags", .startingAfter, isOptional: true),
            VendorList("contact", at: "/contacts", .startingAfter),
        ]
    )
}
