import UnixSignals

/// Turns signals into cancellation.
enum Interruption {
    private enum Outcome<Value: Sendable>: Sendable {
        case finished(Result<Value, any Error>)
        case signalled
    }

    /// Runs `body`, and cancels its task on SIGINT and SIGTERM.
    ///
    /// What `body` returns in spite of the signal is returned.
    ///
    /// - Throws: `interrupted` when `body` threw after a signal, else what `body` throws.
    static func cancelling<Value: Sendable>(
        _ body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        return try await withThrowingTaskGroup(of: Outcome<Value>.self) { group in
            group.addTask {
                do {
                    return .finished(.success(try await body()))
                } catch {
                    return .finished(.failure(error))
                }
            }
            group.addTask {
                for await _ in signals { break }
                return .signalled
            }
            var wasSignalled = false
            while let outcome = try await group.next() {
                group.cancelAll()
                switch outcome {
                case .signalled: wasSignalled = true
                case .finished(.success(let value)): return value
                case .finished(.failure) where wasSignalled: throw CommandError(.interrupted, "Interrupted.")
                case .finished(.failure(let error)): throw error
                }
            }
            throw CommandError(.interrupted, "Interrupted.")
        }
    }
}
