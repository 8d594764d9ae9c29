import EventLog

/// Finds the source that a delivery came to.
package protocol SourceResolving: Sendable {
    /// Returns the source, or nil when there is none or it is disabled.
    ///
    /// Throws `unavailable` when it cannot be known now.
    ///
    /// - Parameter moment: The source has every change that was made before; nil is what a cache may have.
    func resolve(
        _ id: SourceID,
        readSince moment: ContinuousClock.Instant?
    ) async throws(EventLogError) -> ReceivingSource?
}

extension SourceDirectory: SourceResolving {
    /// Returns what the receiver must know of the source: mostly from the cache, or as the database had it after a moment.
    package func resolve(
        _ id: SourceID,
        readSince moment: ContinuousClock.Instant?
    ) async throws(EventLogError) -> ReceivingSource? {
        try await source(id, readSince: moment).map { ReceivingSource($0) }
    }
}
