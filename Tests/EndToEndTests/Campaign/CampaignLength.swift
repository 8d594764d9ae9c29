import Foundation

/// How long the parts of a campaign take.
enum CampaignLength {
    /// A part of `HOOKLOG_CAMPAIGN_SECONDS`, which `deploy/campaign` says; `short` without it.
    static func of(percent: Int, short: Duration) -> Duration {
        let whole = ProcessInfo.processInfo.environment["HOOKLOG_CAMPAIGN_SECONDS"].flatMap { Int($0) }
        return whole.map { .seconds($0 * percent / 100) } ?? short
    }
}
