import EventLog
import Postgres
import Projections

extension Examination {
    /// From how long an open transaction on is worth a warning.
    static let longTransaction = Duration.seconds(300)

    /// Writes as an append does, and takes it back.
    func writing() async -> Finding {
        do throws(PostgresError) {
            try await LogInspector(pool: database.pool, timeout: .seconds(10)).tryWriting()
            return .ok("writing", "the database takes writes")
        } catch {
            let message = "the database takes no writes, so senders get 503: \(error)"
            var remedy = "Mend that; senders send again by themselves."
            if error.code == .readOnly {
                remedy = "Name the primary, or reset default_transaction_read_only of server, database and role."
            } else if error.code == .outOfResources {
                remedy = "Make room on the server's disk; senders send again by themselves."
            }
            return .fail("writing", message, remedy: remedy)
        }
    }

    /// Looks for logs that have lost events.
    func logs() async throws -> [Finding] {
        let damaged = try await LogInspector(pool: database.pool, timeout: .seconds(10)).damagedLogs(limit: 10)
        guard !damaged.isEmpty else { return [.ok("logs", "each ends where its ledger and its projections say")] }
        return damaged.map {
            .fail(
                "logs",
                "\($0)",
                remedy: "Attach the partition that is missing, or restore a backup; until then new events get 503 or"
                    + " are not folded."
            )
        }
    }

    /// Looks whether the log and its ledger refuse changes.
    func guards() async throws -> [Finding] {
        guard let row = try await database.pool.query(Queries.readGuards).first else { return [] }
        let unguarded = try row["unguarded", as: String.self]
        let maintenance = try row["maintenance", as: String.self]
        var findings: [Finding] = []
        if !unguarded.isEmpty {
            findings.append(
                .fail("append-only", "\(unguarded) can be changed or emptied", remedy: "Run `hooklog migrate`.")
            )
        }
        if !maintenance.isEmpty {
            findings.append(
                .warn(
                    "append-only",
                    "hooklog.maintenance is on for \(maintenance), so the log can be changed or emptied",
                    remedy: "Reset it (ALTER DATABASE or ALTER ROLE … RESET hooklog.maintenance) when the work is done."
                )
            )
        }
        return findings.isEmpty ? [.ok("append-only", "the log and its ledger refuse changes")] : findings
    }

    /// Tries the master key on every secret that counts.
    func masterKey() async throws -> Finding {
        let rows = try await database.pool.query(Queries.listSealedSecrets, [.int8(Self.rowLimit)]).rows
        guard let masterKey = database.masterKey else {
            let remedy = "Make one with `hooklog master-key` and set it as HOOKLOG_MASTER_KEY."
            return rows.isEmpty
                ? .warn("master key", "there is none, so no source can be made", remedy: remedy)
                : .fail("master key", "there is none, so no delivery can be verified", remedy: remedy)
        }
        let sealer = SecretSealer(masterKey)
        let closed = try rows.filter { try !Self.opens($0, with: sealer) }
        guard !closed.isEmpty else { return .ok("master key", "it opens the secrets of all \(rows.count) in use") }
        return .fail(
            "master key",
            "it does not open \(closed.count) of \(rows.count) secrets",
            remedy: "Give the key under which they were sealed, or rotate those sources with `hooklog source rotate`."
        )
    }

    private static func opens(_ row: PostgresRow, with sealer: SecretSealer) throws(PostgresError) -> Bool {
        let workspace = WorkspaceID(rawValue: try row["workspace_id"])
        let source = SourceID(workspace: workspace, number: try row["source_id"])
        var address = SecretAddress(source: source, number: try row["secret_id"])
        if address.number == 0 {
            let settings = FetchSourceSettings(baseURL: try row["base_url", as: String?.self] ?? "", workspace: "")
            address = .fetchToken(of: source, at: settings.origin ?? "")
        }
        let sealed = try row["sealed", as: [UInt8].self]
        return (try? sealer.open(sealed, at: address)) != nil
    }

    /// Looks for projections that an error has stopped.
    func projections() async throws -> [Finding] {
        let rows = try await database.pool.query(Queries.listStoppedProjections, [.int8(Self.rowLimit)]).rows
        guard !rows.isEmpty else { return [.ok("projections", "none is stopped")] }
        return try rows.prefix(10).map { (row) throws(PostgresError) in
            let state = try row["sqlstate", as: String.self]
            return .fail(
                "projections",
                "\(try row["projection", as: String.self]) is stopped in workspace"
                    + " \(try row["workspace", as: String.self]) after \(try row["attempts", as: Int32.self]) attempts:"
                    + " \(try row["error", as: String.self])\(state.isEmpty ? "" : " [\(state)]")",
                remedy: "Mend the cause; it is tried again by itself. After a change of its file run `hooklog migrate`."
            )
        }
    }

    /// Lists the users' projections that the last migration refused.
    func refusals() async throws -> [Finding] {
        try await database.pool.query(Queries.listRefusals).rows.map(ProjectionRefusal.init).map { refusal in
            .warn(
                "projection \(refusal.projection)",
                "it does not run: \(refusal.reason)",
                remedy: "Mend \(refusal.file ?? "its file") and run `hooklog migrate` with --projections."
            )
        }
    }

    /// Counts the dead letters that nobody has resolved.
    func deadLetters() async throws -> [Finding] {
        let rows = try await database.pool.query(Queries.countDeadLetters).rows
        guard !rows.isEmpty else { return [.ok("dead letters", "there are none")] }
        return try rows.map { (row) throws(PostgresError) in
            .warn(
                "dead letters",
                "\(try row["count", as: Int64.self]) of \(try row["projection", as: String.self]), the first since"
                    + " \(Moment.text(of: try row["first_failed_at", as: PostgresTimestamp.self].date))",
                remedy: "See `hooklog dead-letters list`, then retry or discard them."
            )
        }
    }

    /// Looks for transactions that have been open for long.
    func longTransactions() async throws -> [Finding] {
        let seconds = Double(Self.longTransaction.components.seconds)
        let rows = try await database.pool.query(Queries.listLongTransactions, [.float8(seconds), .int8(10)]).rows
        guard !rows.isEmpty else { return [.ok("transactions", "none has been open for long")] }
        return try rows.map { (row) throws(PostgresError) in
            let process = try row["process_id", as: Int32.self]
            let age = Moment.text(of: .seconds(try row["seconds", as: Double.self]))
            return .warn(
                "transactions",
                "process \(process) of \(try row["role_name", as: String.self])"
                    + " (\(try row["application", as: String.self])) has one open for \(age)",
                remedy: "It holds up vacuum, new partitions and rebuilds; end it with pg_terminate_backend(\(process))."
            )
        }
    }
}
