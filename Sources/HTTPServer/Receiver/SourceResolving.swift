import EventLog

/// Finds the source that a delivery came to.
package protocol SourceResolving: Sendable {
    /// Returns the source, or nil when there is none or it is disabled.
    ///
    /// Throws `unavailable` when it cannot be known now.
    func resolve(_ id: SourceID) async throws(EventLogError) -> ReceivingSource?

    /// Returns the source with every change that was made before a moment, or nil when there is none or it is disabled.
    ///
    /// Throws `unavailable` when it cannot be known now.
    func resolve(
        _ id: SourceID,
        readSince moment: ContinuousClock.Instant
    ) async throws(EventLogError) -> ReceivingSource?
}
