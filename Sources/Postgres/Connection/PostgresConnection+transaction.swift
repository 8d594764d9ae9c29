extension PostgresConnection {
    /// The time for the end of a transaction whose caller is out of time.
    private static let rollbackTimeout = Duration.seconds(5)

    /// Runs `body` in a transaction: commits when it returns, rolls back when it throws.
    ///
    /// Cancellation reaches the statements of `body`; the rollback itself heeds none. Throws
    /// `invalidTransactionState` when `body` swallowed an error and there was nothing left to commit. The connection
    /// must not be used by anyone else meanwhile.
    nonisolated(nonsending) package func withTransaction<Value>(
        deadline: ContinuousClock.Instant? = nil,
        _ body: (PostgresConnection) async throws -> Value
    ) async throws -> Value {
        try await control("BEGIN", until: deadline)
        let value: Value
        do {
            value = try await body(self)
        } catch {
            await rollBack()
            throw error
        }
        try await commit(until: deadline)
        return value
    }

    private func commit(until deadline: ContinuousClock.Instant?) async throws(PostgresError) {
        do throws(PostgresError) {
            let result = try await control("COMMIT", until: deadline)
            guard result.commandTag == "COMMIT" else {
                throw PostgresError(.invalidTransactionState, statement: "commit", serverMessage: "it was rolled back")
            }
        } catch {
            await rollBack()
            throw error
        }
    }

    /// Ends the transaction, if there is still one; a connection that cannot do so is closed.
    private func rollBack() async {
        guard !isReusable else { return }
        do throws(PostgresError) {
            try await control("ROLLBACK", until: .now + Self.rollbackTimeout, shielded: true)
        } catch {
            close()
        }
    }

    @discardableResult
    private func control(
        _ command: String,
        until deadline: ContinuousClock.Instant?,
        shielded: Bool = false
    ) async throws(PostgresError) -> PostgresResult {
        let name = command.lowercased()
        return try await perform(name, until: deadline, shielded: shielded) { session throws(PostgresError) in
            try session.runSimple(command, name: name)
        }
    }
}
