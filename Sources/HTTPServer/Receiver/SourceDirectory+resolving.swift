import EventLog

extension SourceDirectory: SourceResolving {
    /// Returns what the receiver must know of the source, mostly from the cache.
    package func resolve(_ id: SourceID) async throws(EventLogError) -> ReceivingSource? {
        guard let source = try await source(id) else { return nil }
        return ReceivingSource(source)
    }

    /// Returns what the receiver must know of the source, as the database had it after a moment.
    package func resolve(
        _ id: SourceID,
        readSince moment: ContinuousClock.Instant
    ) async throws(EventLogError) -> ReceivingSource? {
        guard let source = try await source(id, readSince: moment) else { return nil }
        return ReceivingSource(source)
    }
}
