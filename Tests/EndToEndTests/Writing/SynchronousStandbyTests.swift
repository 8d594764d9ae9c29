import Testing

/// An answer of 2xx is given when a synchronous standby has what it tells of, also where nothing was written for it.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct SynchronousStandbyTests {
    @Test func nothingIsAcknowledgedWhileTheStandbyIsAway() async throws {
        try await ServedHooklog.with { hooklog in
            _ = try await DemoWorkspace.make(in: hooklog)
            let client = try await WritingClient.make(in: hooklog)
            #expect(try await client.send("POST", "customers", #"{"name":"Acme"}"#).status == 201)
            try await setStandby("nobody", in: hooklog)

            // The first is committed here and nowhere else; the others would write nothing.
            for _ in 1...2 {
                let reply = try await client.send("POST", "customers", #"{"name":"Beta"}"#, repetition: "k")
                #expect(reply.status == 503, "\(reply.body)")
            }
            #expect(try await client.send("PATCH", "customers/1", #"{"name":"Acme"}"#).status == 503)

            try await setStandby("", in: hooklog)
            let replay = try await client.send("POST", "customers", #"{"name":"Beta"}"#, repetition: "k")
            #expect(replay.status == 201, "\(replay.body)")
            try await LogChecks.expectSound(hooklog, events: 2)
        }
    }

    private func setStandby(_ name: String, in hooklog: ServedHooklog) async throws {
        _ = try await hooklog.query("ALTER SYSTEM SET synchronous_standby_names = '\(name)'")
        _ = try await hooklog.query("SELECT pg_reload_conf()")
        // The postmaster tells its children before it starts another session, and the checkpointer, which is the one that
        // publishes the setting, listens before it makes a checkpoint.
        try await OtherProcess.wait(for: "PostgreSQL to take the setting", log: { hooklog.log }) {
            try await hooklog.query("SHOW synchronous_standby_names") == name
        }
        _ = try await hooklog.query("CHECKPOINT")
    }
}
