import Testing

/// Stuut's internal contacts and their roles, over a socket.
@Suite(.timeLimit(.minutes(10)))
struct StuutPeopleTests {
    private static let person: Set<String> = [
        "created_at", "modified_at", "id", "email", "given_name", "family_name", "name", "phone", "job_title", "object",
    ]
    private static let assignment: Set<String> = [
        "id", "created_at", "modified_at", "internal_role", "partner_id", "remote_id", "internal_contact", "object",
    ]

    /// Makes a person with a role at no partner; returns the assignment.
    private func make(_ client: VendorClient, _ email: String, _ role: String = "csm") async throws -> JSONValue {
        try await client.post("v2/internal-contacts", #"{"email":"\#(email)","internal_role":"\#(role)"}"#).json
    }

    @Test func updateOfTheVendorsPage() async throws {
        try await VendorClient.withStuut { client in
            let made = try await make(client, "old@x.io")
            let id = try #require(made["internal_contact"]?["id"]?.text)
            let reply = try await client.patch(
                "v2/internal-contacts/\(id)",
                #"""
                {"email":"jane@x.io","given_name":"Jane","family_name":"Doe","name":"Jane Doe",
                "phone":"+1 (508) 367-0989","job_title":"CSM"}
                """#
            )
            #expect(reply.status == 200)
            #expect(reply.json.names == Self.person)
            #expect(reply.json["id"]?.text == id)
            #expect(reply.json["email"] == "jane@x.io")
            #expect(reply.json["phone"] == "+15083670989")
            #expect(reply.json["job_title"] == "CSM")
            #expect(reply.json["object"] == "internal_contact")
            #expect(reply.json["modified_at"] != .null)
            #expect(try await client.get("v2/internal-contacts/\(id)").text == reply.text)
        }
    }

    @Test func creationAnswersWithAnAssignmentToNoPartner() async throws {
        try await VendorClient.withStuut { client in
            let body = #"{"email":"a@x.io","internal_role":"lead","given_name":"A","phone":"0044 20 7946 0958"}"#
            let reply = try await client.post("v2/internal-contacts", body)
            #expect(reply.status == 200)
            #expect(reply.json.names == Self.assignment)
            #expect(reply.json["partner_id"] == .null)
            #expect(reply.json["remote_id"] == .null)
            #expect(reply.json["modified_at"] == .null)
            #expect(reply.json["internal_role"] == "lead")
            let person = try #require(reply.json["internal_contact"])
            #expect(person.names == Self.person)
            #expect(person["modified_at"] == .null)
            #expect(person["given_name"] == "A" && person["family_name"] == .null)
            #expect(person["phone"] == "+442079460958")
            #expect(
                try await client.server.eventTypes() == [
                    "internal_contact.created", "internal_contact_assignment.created",
                ]
            )
        }
    }

    @Test func personIsFoundByEmail() async throws {
        try await VendorClient.withStuut { client in
            let partner = try await client.make("v1/partners", #"{"name":"Acme"}"#)
            let first = try await make(client, "A@x.io")
            let path = "v2/partners/\(partner)/internal-contacts"
            let attached = try await client.post(path, #"{"email":"a@X.io","internal_role":"csm","given_name":"New"}"#)
            #expect(attached.status == 200)
            #expect(attached.json["partner_id"]?.text == partner)
            #expect(attached.json["id"] != first["id"])
            #expect(attached.json["internal_contact"] == first["internal_contact"])
            let again = try await client.post(path, #"{"email":"a@x.io","internal_role":"csm"}"#)
            #expect(again.text == attached.text)
            let other = try await client.post(path, #"{"email":"a@x.io","internal_role":"co_lead"}"#)
            #expect(other.json["id"] != attached.json["id"])
            #expect(try await client.ids(path).count == 2)
            #expect(try await client.ids("v2/internal-contacts").count == 1)
            #expect(try await client.server.eventTypes().filter { $0 == "internal_contact.created" }.count == 1)
        }
    }

    @Test func manyAtOnceFindOnePerson() async throws {
        try await VendorClient.withStuut { client in
            let replies = try await withThrowingTaskGroup(of: QueryReply.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        try await client.post("v2/internal-contacts", #"{"email":"a@x.io","internal_role":"csm"}"#)
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(replies.allSatisfy { $0.status == 200 })
            #expect(Set(replies.compactMap { $0.json["id"]?.text }).count == 1)
            #expect(try await client.server.eventTypes().count == 2)
        }
    }

    @Test func roleIsChangedAtItsPartnerOnly() async throws {
        try await VendorClient.withStuut { client in
            let partner = try await client.make("v1/partners", #"{"name":"Acme"}"#)
            let other = try await client.make("v1/partners", #"{"name":"Other"}"#)
            let path = "v2/partners/\(partner)/internal-contacts"
            let id = try await client.make(path, #"{"email":"a@x.io","internal_role":"csm"}"#)
            let reply = try await client.patch("\(path)/\(id)", #"{"internal_role":"practice_lead"}"#)
            #expect(reply.status == 200)
            #expect(reply.json["internal_role"] == "practice_lead")
            #expect(reply.json["modified_at"] != .null)
            #expect(reply.json["internal_contact"]?["modified_at"] == .null)
            for body in ["{}", #"{"role":"csm"}"#] {
                let refused = try await client.patch("\(path)/\(id)", body)
                #expect(refused.status == 422)
                #expect(refused.json["detail"]?.elements.map { $0["loc"] } == [["body", "internal_role"]])
                #expect(refused.json["detail"]?.elements.map { $0["type"] } == ["missing"])
            }
            let elsewhere = "v2/partners/\(other)/internal-contacts"
            #expect(try await client.patch("\(elsewhere)/\(id)", #"{"internal_role":"csm"}"#).status == 404)
            #expect(try await client.get("\(elsewhere)/\(id)").status == 404)
            #expect(try await client.ids(elsewhere) == [])
            for absent in ["v2/partners/ptn_none/internal-contacts", "v1/partners/ptn_none/contacts"] {
                let list = try await client.get(absent)
                #expect(list.status == 404)
                #expect(list.json == .object(["detail": "Partner not found."]))
                let body = #"{"email":"b@x.io","internal_role":"csm"}"#
                #expect(try await client.post(absent, body).json == list.json)
            }
            #expect(try await client.delete("\(path)/\(id)").status == 204)
            #expect(try await client.ids(path) == [])
            #expect(try await client.ids("v2/internal-contacts").count == 1)
        }
    }

    @Test func nullClearsAllButTheEmail() async throws {
        try await VendorClient.withStuut { client in
            let made = try await make(client, "a@x.io")
            let id = try #require(made["internal_contact"]?["id"]?.text)
            let path = "v2/internal-contacts/\(id)"
            _ = try await client.patch(path, #"{"given_name":"A","phone":"555","job_title":"x"}"#)
            let reply = try await client.patch(path, #"{"email":null,"given_name":null,"phone":null}"#)
            #expect(reply.status == 200)
            #expect(reply.json["email"] == "a@x.io")
            #expect(reply.json["given_name"] == .null && reply.json["phone"] == .null)
            #expect(reply.json["job_title"] == "x")
            let before = try await client.get(path)
            #expect(try await client.patch(path, "{}").text == before.text)
        }
    }

    @Test func emailIsOnePersons() async throws {
        try await VendorClient.withStuut { client in
            _ = try await make(client, "a@x.io")
            let other = try await make(client, "b@x.io")
            let id = try #require(other["internal_contact"]?["id"]?.text)
            let refused = try await client.patch("v2/internal-contacts/\(id)", #"{"email":"A@X.io"}"#)
            #expect(refused.status == 409)
            #expect(refused.json["detail"]?.text?.contains("email") == true)
        }
    }

    @Test(arguments: [
        ("{}", [["body", "email"], ["body", "internal_role"]], "missing"),
        (#"{"email":"","internal_role":"csm"}"#, [["body", "email"]], "string_too_short"),
        (#"{"email":7,"internal_role":"csm"}"#, [["body", "email"]], "string_type"),
        (#"{"email":"a@x.io","internal_role":"boss"}"#, [["body", "internal_role"]], "enum"),
        (#"{"email":null,"internal_role":"csm"}"#, [["body", "email"]], "null_not_allowed"),
        ("{", [["body"]], "json_invalid"), ("[]", [["body"]], "dict_type"),
    ])
    func bodiesAreJudged(body: String, places: [[String]], type: String) async throws {
        try await VendorClient.withStuut { client in
            let reply = try await client.post("v2/internal-contacts", body)
            #expect(reply.status == 422)
            let details = reply.json["detail"]?.elements ?? []
            #expect(details.map { $0["loc"]?.elements.compactMap(\.text) } == places)
            #expect(details.allSatisfy { $0["type"]?.text == type && $0.names == ["loc", "msg", "type"] })
        }
    }

    @Test func everyRoleIsTaken() async throws {
        try await VendorClient.withStuut { client in
            for role in ["account_manager", "account_executive", "csm", "lead", "co_lead", "practice_lead"] {
                let made = try await make(client, "a@x.io", role)
                #expect(made["internal_role"]?.text == role)
            }
        }
    }

    @Test func assignmentsGoWithTheirPerson() async throws {
        try await VendorClient.withStuut { client in
            let partner = try await client.make("v1/partners", #"{"name":"Acme"}"#)
            let path = "v2/partners/\(partner)/internal-contacts"
            let made = try await client.post(path, #"{"email":"a@x.io","internal_role":"csm"}"#)
            let person = try #require(made.json["internal_contact"]?["id"]?.text)
            _ = try await client.patch("v2/internal-contacts/\(person)", #"{"name":"Ada"}"#)
            let shown = try await client.get("\(path)/\(made.json["id"]?.text ?? "")")
            #expect(shown.json["internal_contact"]?["name"] == "Ada")
            #expect(try await client.delete("v2/internal-contacts/\(person)").status == 204)
            #expect(try await client.get("v2/internal-contacts/\(person)").status == 404)
            #expect(try await client.ids(path) == [])
            let anew = try await client.post(path, #"{"email":"a@x.io","internal_role":"csm"}"#)
            #expect(anew.json["internal_contact"]?["id"]?.text != person)
            #expect(try await client.server.differencesFromRebuild() == [])
        }
    }
}
