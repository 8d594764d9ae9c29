import ServiceLifecycle
import UnixSignals

extension Interruption {
    /// Runs services until they end or a signal comes: SIGINT or SIGTERM shuts them down, a second one cancels them.
    ///
    /// - Throws: `interrupted` after a second signal, else what a service throws.
    static func shuttingDown(_ services: ServiceGroup) async throws {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            group.addTask {
                var isFirst = true
                for await _ in signals {
                    guard isFirst else { throw CommandError(.interrupted, "Ended at once by a second signal.") }
                    isFirst = false
                    await services.triggerGracefulShutdown()
                }
            }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
