import ServiceLifecycle
import UnixSignals

/// Turns signals into cancellation or shutdown.
enum Interruption {
    /// Runs `body`, and cancels its task on SIGINT and SIGTERM.
    ///
    /// What `body` returns in spite of the signal is returned.
    ///
    /// - Throws: `interrupted` when `body` threw after a signal, else what `body` throws.
    static func cancelling<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: Result<Value, any Error>?.self) { group in
            group.addTask { await Result { try await body() } }
            group.addTask {
                for await _ in signals { break }
                return nil
            }
            var wasSignalled = false
            while let outcome = try await group.next() {
                group.cancelAll()
                switch outcome {
                case nil: wasSignalled = true
                case .success(let value): return value
                case .failure where wasSignalled: throw CommandError(.interrupted, "Interrupted.")
                case .failure(let error): throw error
                }
            }
            throw CommandError(.interrupted, "Interrupted.")
        }
    }

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
