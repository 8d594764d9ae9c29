import Foundation
import PostgresTesting
import Testing

/// One primary after the other is lost, and its synchronous standby takes its place: what was acknowledged is there, and
/// nothing twice.
///
/// Once unless `HOOKLOG_CAMPAIGN_SECONDS` says more.
@Suite(.serialized, .timeLimit(.minutes(180)))
struct FailOverCampaignTests {
    @Test func nothingAcknowledgedIsLostWithThePrimary() async throws {
        let clusters = try await ReplicatedClusters()
        try await ServedHooklog.with(ServedHooklog(on: clusters.connectionString)) { hooklog in
            let work = try await CampaignWork(in: hooklog)
            let end = ContinuousClock.now + CampaignLength.of(percent: 20, short: .zero)
            try await work.run {
                var freezes = true
                repeat {
                    try await losePrimary(of: clusters, work, freezing: freezes)
                    freezes.toggle()
                } while ContinuousClock.now < end
            }
        }
        await clusters.destroy()
    }

    /// Ends the primary at a random moment, promotes its standby and gives that one a standby of its own; waits for a
    /// standby that freezes first are cancelled.
    private func losePrimary(of clusters: ReplicatedClusters, _ work: CampaignWork, freezing: Bool) async throws {
        try await work.load.waitForAcknowledgements(Int.random(in: 20...300))
        try await work.noteMemory()
        if freezing {
            let refused = await work.tally.count(of: "write", "503")
            await clusters.standby.freeze()
            try await OtherProcess.wait(for: "a write to be refused", log: { work.hooklog.log }) {
                await work.tally.count(of: "write", "503") > refused
            }
        }
        // The moment must be a random one: nothing but time makes it.
        try await Task.sleep(for: .milliseconds(Int64.random(in: 0...300)))
        try await clusters.failOver()
        try await work.load.waitForAcknowledgements(20)
        await work.tally.injected(freezing ? "lost primary with a frozen standby" : "lost primary")
    }
}

/// A primary and its synchronous standby, under two names that stay while the clusters behind them change.
private actor ReplicatedClusters {
    private static let settings = ["synchronous_standby_names": "walreceiver", "wal_keep_size": "1GB"]
    private nonisolated let directory: URL
    private var primary: TestCluster
    private(set) var standby: TestCluster
    private var primaryName = "a"
    private var standbyName = "b"

    init() async throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "hosts-\(UInt32.random(in: 0 ... .max))")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        primary = try await TestCluster(replicates: true, settings: Self.settings)
        standby = try await TestCluster(standbyOf: primary, settings: Self.settings)
        try Self.name(primary, "a", in: directory)
        try Self.name(standby, "b", in: directory)
    }

    nonisolated var connectionString: String {
        let hosts = ["a", "b"].map { directory.appending(path: $0).path }.joined(separator: ",")
        return "host=\(hosts) user=postgres dbname=postgres target_session_attrs=read-write"
    }

    /// Loses the primary, whether its standby is frozen or not, and makes another standby under the lost one's name.
    func failOver() async throws {
        primary.destroy()
        standby.thaw()
        try await standby.promote()
        primary = standby
        swap(&primaryName, &standbyName)
        standby = try await TestCluster(standbyOf: primary, settings: Self.settings)
        try Self.name(standby, standbyName, in: directory)
    }

    func destroy() {
        standby.destroy()
        primary.destroy()
        try? FileManager.default.removeItem(at: directory)
    }

    private static func name(_ cluster: TestCluster, _ name: String, in directory: URL) throws {
        let link = directory.appending(path: name).path
        // A link to a folder that is gone does not exist, to FileManager.
        unlink(link)
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: cluster.directory.path)
    }
}
