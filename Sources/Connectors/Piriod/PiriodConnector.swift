extension Connector {
    /// Piriod.
    package static let piriod = Connector(name: .piriod, surface: .piriod, lists: .piriod)
}

extension VendorAPI {
    /// Piriod's lists.
    fileprivate static let piriod = VendorAPI(
        .piriod,
        access: .piriod,
        lists: [
            VendorList("customer", at: "/customers/", .numbered),
            VendorList("orgunit", at: "/orgunits/", .numbered),
            VendorList("contact", at: "/contacts/", .numbered),
        ]
    )
}
