extension PostgresConnection {
    /// Runs a statement, prepared on its first use, with binary parameters and results.
    ///
    /// Without a deadline the configuration's statement timeout counts. After `deadlineExceeded` or `cancelled` the
    /// statement was cancelled on the server; `connectionLost` leaves its outcome unknown unless `nothingWasSent`.
    package func query(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter] = [],
        deadline: ContinuousClock.Instant? = nil
    ) async throws(PostgresError) -> PostgresResult {
        try await perform(statement.name, until: deadline) { session throws(PostgresError) in
            try session.run(statement, parameters)
        }
    }

    /// Runs calls in one round trip, each in its own transaction; the result of each stands at its index.
    ///
    /// One failure leaves the others alone. A call past its own deadline is cancelled alone. On the pipeline's deadline
    /// or cancellation the one then running is cancelled; if the rest does not finish within the grace period, it
    /// fails with the same code and the connection is given up.
    package func pipeline(
        _ calls: [PostgresCall],
        deadline: ContinuousClock.Instant? = nil
    ) async throws(PostgresError) -> [Result<PostgresResult, PostgresError>] {
        guard !calls.isEmpty else { return [] }
        return try await perform(calls.first?.statement.name, until: deadline) { session throws(PostgresError) in
            try session.runPipeline(calls)
        }
    }

    /// Runs a script of several statements in one implicit transaction, unless it holds its own.
    ///
    /// Errors carry the line within the script when the server gives a position. Returns the script's warnings.
    @discardableResult
    package func script(
        _ sql: String,
        name: String = "script",
        deadline: ContinuousClock.Instant? = nil
    ) async throws(PostgresError) -> [PostgresNotice] {
        try await perform(name, until: deadline) { session throws(PostgresError) in
            try session.runSimple(sql, name: name, script: sql).warnings
        }
    }

    /// Has the server read a statement, and does not run it.
    ///
    /// It must be one statement, or none: the extended protocol takes no more (42601). Errors carry the line and the
    /// position within the text when the server gives a position.
    package func parse(
        _ sql: String,
        name: String = "parse",
        deadline: ContinuousClock.Instant? = nil
    ) async throws(PostgresError) {
        try await perform(name, until: deadline) { session throws(PostgresError) in
            try session.parse(sql, name: name)
        }
    }

    /// Asks the server for an empty answer; throws when the connection no longer works.
    package func ping(deadline: ContinuousClock.Instant? = nil) async throws(PostgresError) {
        try await perform("ping", until: deadline) { session throws(PostgresError) in
            _ = try session.runSimple("", name: "ping")
        }
    }
}
