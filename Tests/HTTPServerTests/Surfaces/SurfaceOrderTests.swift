import Testing

/// How lists are sorted and narrowed where documents lack what is asked for.
@Suite(.timeLimit(.minutes(10)))
struct SurfaceOrderTests {
    private func event(_ system: String, _ type: String, _ id: String, at: String, _ members: String) -> VendorEvent {
        let kind = "\(system)/\(type)"
        return VendorEvent(
            system: system,
            entityType: type,
            entityID: id,
            id: "\(kind)/\(id)/\(at)",
            occurredAt: at,
            members: members
        )
    }

    @Test func whatHasNoneComesLast() async throws {
        try await VendorClient.withStuut { client in
            var ids: [String] = []
            for name in ["a", "b", "c"] { ids.append(try await client.make("v1/partners", #"{"name":"\#(name)"}"#)) }
            _ = try await client.post("v1/partners/\(ids[1])", #"{"remote_id":"1"}"#)
            let newest = try await client.ids("v1/partners?sort_by=modified_at&sort_order=desc")
            #expect(newest.first == ids[1])
            #expect(try await client.ids("v1/partners?sort_by=modified_at").first == ids[1])
            #expect(newest.count == 3)
        }
        try await VendorClient.withPiriod { client in
            let without = try await client.make("customers/", #"{"name":"A","country":"CL"}"#)
            let with = try await client.make("customers/", #"{"name":"B","country":"CL","email":"b@x.io"}"#)
            for query in ["email", "-email"] {
                #expect(try await client.ids("customers/?ordering=\(query)") == [with, without])
            }
        }
    }

    @Test func numbersAreSortedAsNumbers() async throws {
        try await VendorClient.withPiriod { client in
            let at = "2026-05-26T18:42:00Z"
            for id in ["2", "10", "1"] {
                let head = #""event":"orgunit.created","object_id":"\#(id)","occurred_at":"\#(at)""#
                try await client.server.deliver("piriod", [#"{\#(head),"data":{"id":\#(id),"name":"U"}}"#])
            }
            let made = try await client.make("customers/", #"{"name":"A","country":"CL"}"#)
            let unit = try await client.make("orgunits/", #"{"customer":"\#(made)","name":"U"}"#)
            #expect(try await client.ids("orgunits/?ordering=id") == ["1", "2", "10", unit])
            #expect(try await client.ids("orgunits/?ordering=-id") == [unit, "10", "2", "1"])
        }
    }

    /// A document without its own times shows those of its row, and counts with them.
    @Test func timesAreTheOnesThatAreShown() async throws {
        try await VendorClient.withPiriod { client in
            let own = #""name":"B","updated":"2026-03-01T00:00:00-03:00","created":"2026-01-01T00:00:00Z""#
            try await client.server.project([
                event("piriod", "contact", "con_a", at: "2026-02-01T00:00:00Z", #""name":"A""#),
                event("piriod", "contact", "con_b", at: "2026-02-02T00:00:00Z", own),
                event("piriod", "contact", "con_c", at: "2026-03-01T01:00:00Z", #""name":"C""#),
            ])
            #expect(try await client.ids("contacts/?ordering=updated") == ["con_a", "con_c", "con_b"])
            #expect(try await client.ids("contacts/?ordering=-updated") == ["con_b", "con_c", "con_a"])
            #expect(try await client.ids("contacts/?ordering=created") == ["con_b", "con_a", "con_c"])
            #expect(try await client.ids("contacts/?created__gte=2026-02-01&ordering=name") == ["con_a", "con_c"])
            #expect(
                try await client.ids("contacts/?updated__lt=2026-03-01T01:30:00Z&ordering=name") == ["con_a", "con_c"]
            )
        }
    }

    @Test func filtersOfOneNameAreAllMet() async throws {
        try await VendorClient.withPiriod { client in
            func make(_ name: String) async throws -> (customer: String, contact: String) {
                let customer = try await client.make("customers/", #"{"name":"A","country":"CL"}"#)
                let body = #"{"name":"\#(name)","email":"\#(name)@X.io","customer":"\#(customer)"}"#
                return (customer, try await client.make("contacts/", body))
            }
            let (one, two) = (try await make("A"), try await make("B"))
            let path = "contacts/?customer=\(one.customer)&customer__in"
            #expect(try await client.ids("\(path)=\(two.customer)") == [])
            #expect(try await client.ids("\(path)=\(one.customer)") == [one.contact])
            #expect(try await client.ids("\(path)=\(two.customer),\(one.customer)") == [one.contact])
            let several = "contacts/?customer__in=\(two.customer),\(one.customer)"
            #expect(try await client.ids(several) == [two.contact, one.contact])
            #expect(try await client.ids("contacts/?email__in=a@X.io,c@x.io") == [one.contact])
        }
    }

    /// Clients that encode nothing are rare, so this asks what makes the links.
    @Test func linksKeepTheParametersAsTheyWere() async throws {
        try await VendorClient.withPiriod { client in
            let links = try await client.server.texts(
                """
                SELECT p.body ->> l.name
                FROM hooklog.render_objects('piriod', NULL, true, 9, 2, '/?note={page}&page=') AS p (body)
                CROSS JOIN (VALUES ('next'), ('previous')) AS l (name)
                """
            )
            #expect(links == ["/?note={page}&page=3", "/?note={page}&page=1"])
        }
    }
}
