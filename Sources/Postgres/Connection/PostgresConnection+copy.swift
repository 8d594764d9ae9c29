extension PostgresConnection {
    /// Runs a `COPY … TO STDOUT` and hands its bytes on in pieces of about 64 KiB, whole rows each.
    ///
    /// The next piece is read when `body` returns. When `body` throws, the COPY is cancelled and the connection stays
    /// usable. COPY takes no parameters.
    nonisolated(nonsending) package func copyOut(
        _ statement: PostgresStatement,
        deadline: ContinuousClock.Instant? = nil,
        _ body: ([UInt8]) async throws -> Void
    ) async throws {
        try await perform(statement.name, until: deadline) { session throws(PostgresError) in
            try session.beginCopy(statement)
        }
        do {
            while let chunk = try await nextCopyChunk(of: statement, until: deadline) {
                try await body(chunk)
            }
        } catch {
            await abortCopy(of: statement)
            throw error
        }
    }

    private func nextCopyChunk(
        of statement: PostgresStatement,
        until deadline: ContinuousClock.Instant?
    ) async throws(PostgresError) -> [UInt8]? {
        try await perform(statement.name, until: deadline, duringCopy: true) { session throws(PostgresError) in
            try session.nextCopyChunk(statement: statement.name)
        }
    }

    private func abortCopy(of statement: PostgresStatement) async {
        do throws(PostgresError) {
            try await perform(statement.name, until: nil, shielded: true, duringCopy: true) {
                session throws(PostgresError) in
                try session.abortCopy(statement: statement.name)
            }
        } catch  where error.code == .misuse || error.code == .closed {
            // The COPY had ended, or the connection is gone: nothing is left to stop.
            return
        } catch {
            close()
        }
    }
}
