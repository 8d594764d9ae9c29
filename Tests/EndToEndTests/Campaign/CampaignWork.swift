import Foundation
import Testing

/// The senders and writers of a campaign, and what must hold of what they were told.
struct CampaignWork: Sendable {
    let hooklog: ServedHooklog
    let workspace: DemoWorkspace
    let client: WritingClient
    let sender: SignedSender
    let load: SenderLoad
    let tally = CampaignTally()

    /// Makes a workspace with a source and keys in a Hooklog that serves.
    init(in hooklog: ServedHooklog) async throws {
        self.hooklog = hooklog
        workspace = try await DemoWorkspace.make(in: hooklog)
        client = try await WritingClient.make(in: hooklog)
        #expect(try await client.send("POST", "customers", #"{"name":"Acme"}"#).status == 201)
        sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
        load = SenderLoad { [tally] status in await tally.answered("delivery", status) }
    }

    /// Runs senders, writers and `others` while `faults` runs, then checks what is there.
    func run(
        beside others: [@Sendable () async -> Void] = [],
        faults: @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<12 { group.addTask { await load.run(lane: lane, sender: sender) } }
            for lane in 0..<4 { group.addTask { await write(lane) } }
            for other in others { group.addTask { await other() } }
            try await faults()
            load.finish()
            try await group.waitForAll()
        }
        try await noteMemory()
        try await check()
    }

    /// Takes note of the most memory that the service has had since it started.
    func noteMemory() async throws {
        guard let number = await hooklog.processID,
            let status = try? String(contentsOfFile: "/proc/\(number)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM") }),
            let kibibytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { return }
        await tally.sawMemory(kibibytes)
    }

    /// Adds contact after contact, each under a key of its own until it is answered, and notes which were acknowledged.
    private func write(_ lane: Int) async {
        var number = 0
        while !load.isFinished {
            number += 1
            let name = "w\(lane)_\(number)"
            let body = #"{"name":"\#(name)","email":"\#(name)@x.io"}"#
            while true {
                let reply = try? await client.send("POST", "customers/1/contacts", body, repetition: name)
                await tally.answered("write", reply?.status)
                if reply?.status == 201 { await tally.wrote(name) }
                if reply?.status == 201 || load.isFinished { break }
                // A client backs off between its attempts.
                try? await Task.sleep(for: .milliseconds(Int64.random(in: 5...60)))
            }
        }
    }

    private func check() async throws {
        try await hooklog.waitUntilReady()
        let logged = Set(
            try await hooklog.query("SELECT event_id FROM hooklog.event").split(separator: "\n").map(String.init)
        )
        let lost = load.acknowledged.subtracting(logged)
        #expect(lost.isEmpty, "acknowledged and lost: \(lost.prefix(5))")
        #expect(try await hooklog.query("SELECT count(*) FROM hooklog.event WHERE event_id LIKE 'forged%'") == "0")
        try await LogChecks.expectSound(hooklog)
        let names = try await hooklog.query("SELECT name FROM hooklog.contact WHERE name LIKE 'w%'")
            .split(separator: "\n").map(String.init)
        let unwritten = await tally.written.subtracting(names)
        #expect(unwritten.isEmpty, "written and lost: \(unwritten.prefix(5))")
        #expect(Set(names).count == names.count, "written twice")
        let unclear = await tally.unclearAnswers
        #expect(unclear.isEmpty, "answers that say nothing: \(unclear)")
        let doctor = try await hooklog.run("doctor")
        print("\(await tally.figures)\nacknowledged deliveries: \(load.acknowledged.count)\ndoctor: \(doctor.status)")
    }
}
