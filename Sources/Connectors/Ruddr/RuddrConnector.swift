import EventLog

extension ConnectorName {
    /// Ruddr.
    package static let ruddr = ConnectorName(rawValue: "ruddr")
}

extension Connector {
    /// Ruddr.
    package static let ruddr = Connector(
        sender: Sender(
            .ruddr,
            .scheme(.standardWebhooks),
            envelope: .standardWebhooks(subject: EventSubject.last)
        ),
        surface: .ruddr,
        lists: .ruddr
    )
}

extension VendorAPI {
    /// Ruddr's lists.
    fileprivate static let ruddr = VendorAPI(
        basePath: "/api/workspace",
        lists: [
            VendorList("client", at: "/clients", .startingAfter),
            VendorList("company", at: "/companies", .startingAfter, isOptional: true),
            VendorList("contact_tag", at: "/contact-tags", .startingAfter, isOptional: true),
            VendorList("contact", at: "/contacts", .startingAfter),
        ]
    )
}
