import Foundation
import Testing

/// Everything at once, through one fault after the other: nothing that was acknowledged is lost or there twice, nothing
/// unsigned gets in, every answer is a clear one, and the tables equal a rebuild.
///
/// Half a minute unless `HOOKLOG_CAMPAIGN_SECONDS` says more; `deploy/campaign` runs it for an hour.
@Suite(.serialized, .timeLimit(.minutes(180)))
struct CampaignTests {
    private static let length = Duration.seconds(
        ProcessInfo.processInfo.environment["HOOKLOG_CAMPAIGN_SECONDS"].flatMap { Int($0) } ?? 30
    )

    @Test func nothingAcknowledgedIsLostWhateverHappens() async throws {
        try await ServedHooklog.with { hooklog in
            let workspace = try await DemoWorkspace.make(in: hooklog)
            let client = try await WritingClient.make(in: hooklog)
            #expect(try await client.send("POST", "customers", #"{"name":"Acme"}"#).status == 201)
            let sender = try SignedSender(url: hooklog.url + workspace.path, secret: workspace.secret)
            let load = SenderLoad()
            let tally = CampaignTally()
            let faults = CampaignFaults(hooklog: hooklog, load: load, tally: tally)
            let hostility = HostileSender(
                url: hooklog.url,
                path: workspace.path,
                key: workspace.key,
                sender: sender,
                tally: tally
            )
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<12 { group.addTask { await load.run(lane: lane, sender: sender) } }
                for lane in 0..<4 { group.addTask { await write(lane, with: client, until: load, tally) } }
                for lane in 0..<2 { group.addTask { await hostility.run(lane, until: load) } }
                group.addTask { await hostility.read(until: load) }
                try await faults.run(for: Self.length)
                load.finish()
                try await group.waitForAll()
            }
            try await faults.noteMemory()
            try await check(hooklog, load, tally)
        }
    }

    /// Adds contact after contact, each under a key of its own until it is answered, and notes which were acknowledged.
    private func write(_ lane: Int, with client: WritingClient, until load: SenderLoad, _ tally: CampaignTally) async {
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

    private func check(_ hooklog: ServedHooklog, _ load: SenderLoad, _ tally: CampaignTally) async throws {
        try await hooklog.waitUntilReady()
        let logged = Set(
            try await hooklog.query("SELECT event_id FROM hooklog.event").split(separator: "\n").map(String.init)
        )
        let lost = load.acknowledged.subtracting(logged)
        #expect(lost.isEmpty, "acknowledged and lost: \(lost.prefix(5))")
        #expect(try await hooklog.query("SELECT count(*) FROM hooklog.event WHERE event_id LIKE 'forged%'") == "0")
        try await LogChecks.expectSound(hooklog)
        let names = Set(
            try await hooklog.query("SELECT name FROM hooklog.contact WHERE name LIKE 'w%'").split(separator: "\n")
                .map(String.init)
        )
        let unwritten = await tally.written.subtracting(names)
        #expect(unwritten.isEmpty, "written and lost: \(unwritten.prefix(5))")
        let unclear = await tally.unclearAnswers
        #expect(unclear.isEmpty, "answers that say nothing: \(unclear)")
        let doctor = try await hooklog.run("doctor")
        print("\(await tally.figures)\nacknowledged deliveries: \(load.acknowledged.count)\ndoctor: \(doctor.status)")
    }
}
