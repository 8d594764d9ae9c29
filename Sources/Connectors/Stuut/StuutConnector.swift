import EventLog

extension ConnectorName {
    /// Stuut.
    package static let stuut = ConnectorName(rawValue: "stuut")
}

extension Connector {
    /// Stuut.
    package static let stuut = Connector(
        sender: Sender(
            .stuut,
            .scheme(.standardWebhooks),
            envelope: .standardWebhooks(subject: EventSubject.last)
        ),
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
                "partner",
                at: "/v1/partners",
                .untilEmpty,
                children: [
                    VendorList("partner_contact", at: "/v1/partners/{id}/contacts", .untilEmpty, isOptional: true),
                    VendorList(
                        "internal_contact_assignment",
                        at: "/v2/partners/{id}/internal-contacts",
                        .untilEmpty,
                        isOptional: true,
                        embedded: ["internal_contact": "internal_contact"]
                    ),
                ]
            ),
            VendorList("internal_contact", at: "/v2/internal-contacts", .untilEmpty, isOptional: true),
        ]
    )
}
