import Testing

/// A directory of an earlier release, which reads Pivotal's objects only, is in use while the one that reads all is built.
@Suite(.timeLimit(.minutes(10)))
struct SurfaceUpgradeTests {
    /// A request of each sort to each surface, with the members of what it answers when it cannot tell yet.
    private static let requests: [(method: String, path: String, body: String?, members: Set<String>)] = [
        ("GET", "/ruddr/api/workspace/contacts", nil, ["status", "message"]),
        ("GET", "/ruddr/api/workspace/contacts/\(id)", nil, ["status", "message"]),
        ("POST", "/ruddr/api/workspace/contacts", #"{"name":"A","email":"a@x.io"}"#, ["status", "message"]),
        ("PATCH", "/ruddr/api/workspace/contacts/\(id)", "{}", ["status", "message"]),
        ("DELETE", "/ruddr/api/workspace/contacts/\(id)", nil, ["status", "message"]),
        ("GET", "/stuut/v1/partners", nil, ["detail"]),
        ("GET", "/stuut/v1/partners/1", nil, ["detail"]),
        ("POST", "/stuut/v2/internal-contacts", #"{"email":"a@x.io","internal_role":"csm"}"#, ["detail"]),
        ("GET", "/piriod/customers/", nil, ["detail"]),
        ("GET", "/piriod/customers/cus_1/", nil, ["detail"]),
        ("POST", "/piriod/customers/", #"{"name":"A","country":"CL"}"#, ["detail"]),
        ("DELETE", "/piriod/customers/cus_1/", nil, ["detail"]),
    ]
    private static let id = "aaaaaaaa-0000-4000-8000-000000000001"
    private static let sources = [
        ("", 200), ("?source=pivotal", 200), ("?source=stuut", 503), ("?source=github", 200),
    ]
    private static let lists = ["contacts", "customers", "internal-contacts", "people"]

    private func with(_ body: @escaping @Sendable (QueryServer, Writer) async throws -> Void) async throws {
        try await QueryServer.with(template: try await QueryTemplate.upgradedName) { server in
            try await body(server, Writer(server: server, key: try await server.makeKey(scope: .write).text))
        }
    }

    private func answers(_ server: QueryServer, _ key: String) async throws -> [(path: String, reply: QueryReply)] {
        var answers: [(String, QueryReply)] = []
        for request in Self.requests {
            let scheme = request.path.hasPrefix("/piriod") ? "Token" : "Bearer"
            let headers = [("Authorization", "\(scheme) \(key)"), ("x-simple-workspace", "acme")]
            let reply = try await server.send(
                request.path,
                method: request.method,
                headers: headers,
                body: request.body
            )
            answers.append(("\(request.method) \(request.path)", reply))
        }
        return answers
    }

    @Test func surfacesAreBusyUntilTheirObjectsAreRead() async throws {
        try await with { server, writer in
            for ((path, reply), request) in zip(try await answers(server, writer.key), Self.requests) {
                #expect(reply.status == 503, "\(path)")
                #expect(reply.headers["retry-after"] == "1", "\(path)")
                #expect(reply.json.names == request.members, "\(path): \(reply.text)")
            }
            #expect(try await server.number("SELECT count(*) FROM hooklog.event") == 0)
            try await takeOver(server)
            for (path, reply) in try await answers(server, writer.key) {
                #expect([200, 201, 404].contains(reply.status), "\(path)")
                #expect(!reply.text.isEmpty, "\(path)")
            }
            #expect(try await server.number("SELECT count(*) FROM hooklog.event") > 0)
        }
    }

    @Test func strangersAndOtherWorkspacesAreToldNothingOfTheBuild() async throws {
        try await with { server, writer in
            let statuses = try await answers(server, "pivotal_none").map(\.reply.status)
            #expect(statuses == Self.requests.map { _ in 401 })
            let headers = [("Authorization", "Token \(writer.key)"), ("x-simple-workspace", "other")]
            let foreign = try await server.send("/piriod/customers/", headers: headers)
            #expect(![200, 503].contains(foreign.status))
        }
    }

    @Test func pivotalsSurfaceAnswersAsBefore() async throws {
        try await with { server, writer in
            let customer = try await writer.customer()
            let contact = try await writer.contact("a@x.io", of: customer)
            #expect(try await writer.get("customers").ids == [customer])
            #expect(try await writer.get("customers/\(customer)/contacts").ids == [contact])
            #expect(try await writer.patch("contacts/\(contact)", #"{"title":"CEO"}"#).status == 200)
            #expect(try await writer.delete("customers/\(customer)").status < 300)
            try await takeOver(server)
            #expect(try await writer.get("customers").ids == [])
        }
    }

    @Test func listsAreBusyWhenTheyWouldLeaveOutWhatIsAskedFor() async throws {
        try await with { server, writer in
            _ = try await writer.contact("a@x.io", of: try await writer.customer())
            for list in Self.lists {
                for (source, status) in Self.sources {
                    let reply = try await server.send("/v1/\(list)\(source)", key: writer.key)
                    #expect(reply.status == status, "\(list)\(source)")
                }
            }
            try await takeOver(server)
            for list in Self.lists {
                #expect(try await server.send("/v1/\(list)?source=stuut", key: writer.key).status == 200)
            }
        }
    }

    /// Builds the directory that reads all systems, and has it take over.
    private func takeOver(_ server: QueryServer) async throws {
        try await server.script(
            """
            SELECT hooklog.project(w.workspace_id, 'directory', 2, 1000, 100000000) FROM hooklog.workspace AS w;
            SELECT hooklog.project(w.workspace_id, 'directory', 1, 1000, 100000000) FROM hooklog.workspace AS w;
            SELECT hooklog.create_read_model_indexes('directory', 2);
            SELECT hooklog.pause_generation('directory');
            """
        )
        #expect(try await server.texts("SELECT hooklog.activate_generation('directory', 2)") == ["true"])
    }
}
