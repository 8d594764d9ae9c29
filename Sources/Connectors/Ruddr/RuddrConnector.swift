import EventLog

extension ConnectorName {
    /// Ruddr.
    package static let ruddr = ConnectorName(rawValue: "ruddr")
}

extension Connector {
    /// Ruddr.
    package static let ruddr = Connector(
        sender: .standardWebhooks(.ruddr, subject: EventSubject.last),
        surface: .ruddr,
        lists: .ruddr
    )
}

extension VendorAPI {
    /// Ruddr's lists.
    fileprivate static let ruddr = VendorAPI(
        basePath: "/api/workspace",
        lists: [
            VendorList(kind: "client", path: "/clients", paging: .startingAfter),
            VendorList(kind: "company", path: "/companies", paging: .startingAfter, isOptional: true),
            VendorList(kind: "contact_tag", path: "/contact-tags", paging: .startingAfter, isOptional: true),
            VendorList(kind: "contact", path: "/contacts", paging: .startingAfter),
        ]
    )
}
