import EventLog

extension SourceDirectory: SourceResolving {
    /// Returns what the receiver must know of the source, mostly from the cache.
    package func resolve(_ id: SourceID) async throws(EventLogError) -> ReceivingSource? {
        guard let source = try await source(id), !source.isDisabled else { return nil }
        return ReceivingSource(
            id: source.id,
            connector: source.connector,
            verifier: source.verifier,
            bodyLimit: source.settings.maximumBodySize
        )
    }
}
