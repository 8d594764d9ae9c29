import EventLog

extension ConnectorName {
    /// Stuut.
    package static let stuut = ConnectorName(rawValue: "stuut")
}

extension Connector {
    /// Stuut.
    package static let stuut = Connector(
        sender: .standardWebhooks(.stuut, subject: EventSubject.last),
        surface: .stuut,
        lists: .stuut
    )
}

extension VendorAPI {
    /// Stuut's lists; only that of partners is on a public page, the others are where the paths of their objects say.
    fileprivate static let stuut = VendorAPI(
        versions: ["/v1", "/v2"],
        lists: [
            VendorList(
                kind: "partner",
                path: "/v1/partners",
                paging: .untilEmpty,
                children: [
                    VendorList(
                        kind: "partner_contact",
                        path: "/v1/partners/{id}/contacts",
                        paging: .untilEmpty,
                        isOptional: true
                    ),
                    VendorList(
                        kind: "internal_contact_assignment",
                        path: "/v2/partners/{id}/internal-contacts",
                        paging: .untilEmpty,
                        isOptional: true,
                        embedded: ["internal_contact": "internal_contact"]
                    ),
                ]
            ),
            VendorList(kind: "internal_contact", path: "/v2/internal-contacts", paging: .untilEmpty, isOptional: true),
        ]
    )
}
