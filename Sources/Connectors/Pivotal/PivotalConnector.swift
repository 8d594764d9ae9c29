import EventLog

extension ConnectorName {
    /// Pivotal.
    package static let pivotal = ConnectorName(rawValue: "pivotal")
}

extension Connector {
    /// Pivotal.
    package static let pivotal = Connector(
        sender: Sender(.pivotal, signature: .svix, envelope: .pivotal),
        surface: .pivotal,
        lists: .pivotal
    )
}

extension Envelope {
    /// Pivotal's events: `{id, type, created_at, org_id, livemode, api_version, data: {object, previous_attributes}}`.
    ///
    /// One page of theirs has the record as data itself. `onboarding.task_completed` tells of a task.
    fileprivate static let pivotal = Envelope { parts in
        let event = parts.body.members("id", "type", "created_at", "livemode", "data")
        let type = event["type"]?.string
        let object = event["data"]["object"].flatMap { $0.isObject ? $0 : nil } ?? event["data"]
        return EventFields(
            id: event["id"]?.string,
            type: type,
            entityType: type == "onboarding.task_completed" ? "task" : type.map(EventSubject.first),
            entityID: object["id"]?.identifier,
            time: event["created_at"]?.time,
            livemode: event["livemode"]?.boolean
        )
    }
}

extension VendorAPI {
    /// Pivotal's lists; there is none of all contacts, for each customer has one.
    fileprivate static let pivotal = VendorAPI(
        basePath: "/api/v1",
        lists: [
            VendorList(
                kind: "customer",
                path: "/customers",
                paging: .cursor,
                children: [VendorList(kind: "contact", path: "/customers/{id}/contacts", paging: .cursor)]
            ),
            VendorList(kind: "onboarding", path: "/onboardings", paging: .cursor),
        ]
    )
}
