import Testing

/// Writes to a served Hooklog, with the rights that the service has, and through crashes.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct WriteTests {
    @Test func writeShowsAtOnceAndOutlivesARestart() async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await DemoWorkspace.make(in: hooklog)
            let client = try await WritingClient.make(in: hooklog)
            let created = try await client.send("POST", "customers", #"{"name":"Acme"}"#)
            #expect(created.status == 201, "\(created.body)")
            let changed = try await client.send("PATCH", "customers/1", #"{"plan":"pro"}"#)
            #expect(changed.status == 200, "\(changed.body)")
            let headers = ["Hooklog-Min-Position": "2"]
            let read = try await hooklog.get("/api/v1/customers/1", key: client.key, headers: headers)
            #expect(read.1 == changed.body)
            try await hooklog.stop()
            try await hooklog.start()
            #expect(try await client.send("DELETE", "customers/1", nil).status == 200)
            try await LogChecks.expectSound(hooklog, events: 3)
        }
    }

    /// Clients that repeat what was not answered, under its key, do everything once, whoever is killed meanwhile.
    @Test func repeatedWritesAreDoneOnceThroughCrashes() async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await DemoWorkspace.make(in: hooklog)
            let client = try await WritingClient.make(in: hooklog)
            #expect(try await client.send("POST", "customers", #"{"name":"Acme"}"#).status == 201)
            let perLane = 40
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<8 {
                    group.addTask {
                        for number in 0..<perLane {
                            try await client.createContact("c\(lane)_\(number)")
                        }
                    }
                }
                group.addTask {
                    for _ in 0..<2 {
                        let before = try await contacts(hooklog)
                        while try await contacts(hooklog) < before + 20 {}
                        await hooklog.crash()
                        try await hooklog.start()
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await contacts(hooklog) == 8 * perLane)
            #expect(try await hooklog.query("SELECT max(display_id) FROM hooklog.contact") == "\(8 * perLane)")
            try await LogChecks.expectSound(hooklog, events: 1 + 8 * perLane)
        }
    }

    private func contacts(_ hooklog: ServedHooklog) async throws -> Int {
        Int(try await hooklog.query("SELECT count(*) FROM hooklog.contact")) ?? 0
    }
}
