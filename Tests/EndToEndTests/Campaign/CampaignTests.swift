import Foundation
import Testing

/// Everything at once, through one fault after the other: nothing that was acknowledged is lost or there twice, nothing
/// unsigned gets in, every answer is a clear one, and the tables equal a rebuild.
///
/// For some 24 seconds, or half of `HOOKLOG_CAMPAIGN_SECONDS`, which `deploy/campaign` says.
@Suite(.serialized, .timeLimit(.minutes(180)))
struct CampaignTests {
    @Test func nothingAcknowledgedIsLostWhateverHappens() async throws {
        try await ServedHooklog.withDisk { hooklog, disk in
            let work = try await CampaignWork(in: hooklog)
            if disk == nil {
                await work.tally.note("full disk: left out, for it takes root and a loop device to mount one")
            }
            let hostility = HostileSender(work: work)
            let others: [@Sendable () async -> Void] = [
                { await hostility.run(0) }, { await hostility.run(1) }, { await hostility.read() },
            ]
            try await work.run(beside: others) {
                try await CampaignFaults(work: work, disk: disk)
                    .run(for: CampaignLength.of(percent: 50, short: .seconds(24)))
            }
        }
    }
}
