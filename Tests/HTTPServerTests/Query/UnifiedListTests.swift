import Testing

/// The native lists show the objects of all four vendors, in the columns that they have in common.
@Suite(.timeLimit(.minutes(10)))
struct UnifiedListTests {
    private static let contacts: [VendorEvent] = [
        VendorEvent(
            system: "pivotal",
            entityType: "contact",
            entityID: "x",
            id: "e1",
            occurredAt: "2026-01-01T00:00:00Z",
            members: #""email":"A@x.io","name":"Ann","customer_id":"c","title":"CTO","is_primary":true,"display_id":4"#
        ),
        VendorEvent(
            system: "piriod",
            entityType: "contact",
            entityID: "x",
            id: "e2",
            occurredAt: "2026-01-02T00:00:00Z",
            members: #""email":"b@X.io","name":"Bob","customer":"c","orgunit":"12","phone":"56","title":null"#
        ),
        VendorEvent(
            system: "stuut",
            entityType: "partner_contact",
            entityID: "x",
            id: "e3",
            occurredAt: "2026-01-03T00:00:00Z",
            members: """
                "email":"c@x.io","name":null,"given_name":"Cy","family_name":"Doe","partner_id":"c","phone":"+1",\
                "job_title":"CFO","is_primary":true
                """
        ),
        VendorEvent(
            system: "ruddr",
            entityType: "contact",
            entityID: "x",
            id: "e4",
            occurredAt: "2026-01-04T00:00:00Z",
            members:
                #""email":"d@x.io","firstName":"Dee","lastName":"Poe","title":"CIO","officePhone":"1","mobilePhone":"2""#
        ),
    ]

    private static let customers: [VendorEvent] = [
        VendorEvent(
            system: "pivotal",
            entityType: "customer",
            entityID: "c",
            id: "c1",
            occurredAt: "2026-01-01T00:00:00Z",
            members: #""name":"Acme P","slug":"acme","owner_email":"o@x.io""#
        ),
        VendorEvent(
            system: "piriod",
            entityType: "customer",
            entityID: "c",
            id: "c2",
            occurredAt: "2026-01-02T00:00:00Z",
            members: #""name":"Acme I","status":"pending""#
        ),
        VendorEvent(
            system: "stuut",
            entityType: "partner",
            entityID: "c",
            id: "c3",
            occurredAt: "2026-01-03T00:00:00Z",
            members: #""name":"Acme S","assignee":{"email":"s@x.io"}"#
        ),
        VendorEvent(
            system: "ruddr",
            entityType: "client",
            entityID: "c",
            id: "c4",
            occurredAt: "2026-01-04T00:00:00Z",
            members: #""name":"Acme R","key":"acme","recordStatusId":"archived""#
        ),
    ]

    private static let others: [VendorEvent] = [
        VendorEvent(
            system: "stuut",
            entityType: "internal_contact",
            entityID: "ic_1",
            id: "o1",
            occurredAt: "2026-01-01T00:00:00Z",
            members: #""email":"Sam@x.io","given_name":"Sam","family_name":null"#
        ),
        VendorEvent(
            system: "stuut",
            entityType: "internal_contact",
            entityID: "ic_2",
            id: "o2",
            occurredAt: "2026-01-02T00:00:00Z",
            members: #""email":"pat@x.io","name":"Pat","job_title":"CSM""#
        ),
        VendorEvent(
            system: "stuut",
            entityType: "internal_contact_assignment",
            entityID: "ica_1",
            id: "o3",
            members: #""internal_role":"csm","partner_id":"c","remote_id":7,"internal_contact":{"id":"ic_1"}"#
        ),
        VendorEvent(
            system: "piriod",
            entityType: "orgunit",
            entityID: "12",
            id: "o4",
            members: #""customer":"c","name":"North""#
        ),
        VendorEvent(
            system: "ruddr",
            entityType: "company",
            entityID: "co",
            id: "o5",
            members: #""name":"Big","isActive":true"#
        ),
        VendorEvent(
            system: "ruddr",
            entityType: "contact_tag",
            entityID: "t",
            id: "o6",
            members: #""name":"vip""#
        ),
    ]

    private func column(_ reply: QueryReply, _ name: String) -> [JSONValue?] {
        reply.json["data"]?.elements.map { $0[name] } ?? []
    }

    @Test func contactsOfAllVendorsHaveTheColumnsTheyShare() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.project(Self.contacts)
            let list = try await server.send("/v1/contacts?order=asc", key: key)
            #expect(column(list, "system") == ["pivotal", "piriod", "stuut", "ruddr"])
            #expect(column(list, "entity_type") == ["contact", "contact", "partner_contact", "contact"])
            #expect(column(list, "name") == ["Ann", "Bob", "Cy Doe", "Dee Poe"])
            #expect(column(list, "email") == ["a@x.io", "b@x.io", "c@x.io", "d@x.io"])
            #expect(column(list, "customer_id") == ["c", "c", "c", .null])
            #expect(column(list, "org_unit_id") == [.null, "12", .null, .null])
            #expect(column(list, "title") == ["CTO", .null, "CFO", "CIO"])
            #expect(column(list, "phone") == [.null, "56", "+1", "1"])
            #expect(column(list, "is_primary") == [true, false, true, false])
            #expect(column(list, "display_id") == [4, .null, .null, .null])
            #expect(list.json["data"]?.elements.last?["document"]?["mobilePhone"] == "2")
        }
    }

    @Test func customersOfAllVendorsHaveTheColumnsTheyShare() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.project(Self.customers)
            let list = try await server.send("/v1/customers?order=asc", key: key)
            #expect(column(list, "entity_type") == ["customer", "customer", "partner", "client"])
            #expect(column(list, "name") == ["Acme P", "Acme I", "Acme S", "Acme R"])
            #expect(column(list, "status") == ["active", "pending", .null, "archived"])
            #expect(column(list, "slug") == ["acme", .null, .null, "acme"])
            #expect(column(list, "owner_email") == ["o@x.io", .null, "s@x.io", .null])
        }
    }

    @Test(arguments: ["pivotal", "piriod", "stuut", "ruddr"])
    func sourceChoosesOneSystem(system: String) async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            try await server.project(Self.contacts + Self.customers)
            for path in ["/v1/contacts", "/v1/customers"] {
                #expect(
                    column(try await server.send("\(path)?source=\(system)", key: key), "system") == [.string(system)]
                )
            }
        }
    }

    /// Every vendor calls its customers something else, and has them under the same id here.
    @Test(arguments: [("a", ["pivotal"]), ("b", ["piriod"]), ("c", ["stuut"]), ("d", [])])
    func customersOfAllVendorsAreFoundByTheirContacts(name: String, systems: [String]) async throws {
        try await QueryServer.with { server in
            try await server.project(Self.contacts + Self.customers)
            let list = try await server.send("/v1/customers?email=\(name)%40x.io", key: try await server.makeKey().text)
            #expect(column(list, "system").compactMap { $0?.text } == systems)
        }
    }

    @Test(arguments: [
        ("", ["ic_2", "ic_1"]), ("?order=asc", ["ic_1", "ic_2"]), ("?q=SAM", ["ic_1"]), ("?q=pat%40", ["ic_2"]),
        ("?email=SAM%40X.IO", ["ic_1"]), ("?source=ruddr", []), ("?limit=1", ["ic_2"]),
        ("?updated_since=2026-01-02T00:00:00Z", ["ic_2"]),
    ])
    func internalContactsAreListed(query: String, expected: [String]) async throws {
        try await QueryServer.with { server in
            try await server.project(Self.others)
            let list = try await server.send("/v1/internal-contacts\(query)", key: try await server.makeKey().text)
            #expect(column(list, "entity_id").compactMap { $0?.text } == expected)
            #expect(column(list, "object").allSatisfy { $0 == "internal_contact" })
        }
    }

    @Test func otherKindsHaveTheirTables() async throws {
        try await QueryServer.with { server in
            try await server.project(Self.others)
            let rows = try await server.texts(
                """
                SELECT concat_ws('|', partner_id, internal_contact_id, internal_role, remote_id)
                FROM hooklog.internal_contact_assignment
                UNION ALL SELECT concat_ws('|', entity_id, customer_id, name) FROM hooklog.org_unit
                UNION ALL SELECT concat_ws('|', name, is_active, website_url) FROM hooklog.company
                UNION ALL SELECT name FROM hooklog.contact_tag
                """
            )
            #expect(rows == ["c|ic_1|csm|7", "12|c|North", "Big|t", "vip"])
        }
    }
}
