import CLibpq

extension LibpqSession {
    /// Runs a prepared statement; prepares it first when needed, and once anew when the server's copy went stale or what
    /// it uses was replaced meanwhile.
    ///
    /// Only outside a transaction, where the failure has rolled back all that it did.
    func run(_ statement: PostgresStatement, _ parameters: [PostgresParameter]) throws(PostgresError) -> PostgresResult
    {
        let key = StatementCache.Key(statement: statement, types: parameters.map(\.type))
        let wasCached = statements.name(for: key) != nil
        do throws(PostgresError) {
            return try runOnce(key, parameters)
        } catch {
            guard wasCached && error.meansStaleStatement || error.meansReplacement else { throw error }
            statements.remove(key)
            guard interruption == nil, PQtransactionStatus(handle) == PQTRANS_IDLE else { throw error }
            return try runOnce(key, parameters)
        }
    }

    /// Runs SQL of one or more statements in the simple protocol, without a cached plan.
    func runSimple(_ sql: String, name: String, script: String? = nil) throws(PostgresError) -> PostgresResult {
        guard PQsendQuery(handle, sql) == 1 else { throw sendError(statement: name) }
        return try collectResult(statement: name, script: script)
    }

    /// Has SQL read as one statement in the extended protocol, as the nameless one that the next takes the place of.
    func parse(_ sql: String, name: String) throws(PostgresError) {
        guard PQsendPrepare(handle, "", sql, 0, nil) == 1 else { throw sendError(statement: name) }
        _ = try collectResult(statement: name, script: sql)
    }

    /// Frees server-side statements that fell out of the cache, unless a failed transaction forbids it.
    func deallocateEvictedStatements() throws(PostgresError) {
        let names = statements.takeEvicted()
        guard !names.isEmpty else { return }
        guard PQtransactionStatus(handle) != PQTRANS_INERROR else {
            statements.deferDeallocation(of: names)
            return
        }
        for name in names {
            do throws(PostgresError) {
                _ = try runSimple("DEALLOCATE \(name)", name: "deallocate")
            } catch  where error.sqlState?.rawValue == "26000" {
                continue
            }
        }
    }

    /// Sends the preparation of a statement under a new name.
    func sendPrepare(_ key: StatementCache.Key) throws(PostgresError) -> String {
        let name = statements.insert(key)
        let types = key.types.map { Oid($0.rawValue) }
        guard PQsendPrepare(handle, name, key.statement.sql, Int32(clamping: types.count), types) == 1 else {
            statements.discard(key)
            throw sendError(statement: key.statement.name)
        }
        return name
    }

    /// Sends the execution of a prepared statement with binary parameters and results.
    func sendExecute(_ name: String, _ parameters: [PostgresParameter], statement: String) throws(PostgresError) {
        let sent = BoundParameters(parameters).withPointers { values, lengths, formats in
            PQsendQueryPrepared(handle, name, Int32(clamping: parameters.count), values, lengths, formats, 1)
        }
        guard sent == 1 else { throw sendError(statement: statement) }
    }

    private func runOnce(
        _ key: StatementCache.Key,
        _ parameters: [PostgresParameter]
    ) throws(PostgresError) -> PostgresResult {
        try deallocateEvictedStatements()
        let name = try preparedName(key)
        _ = notices.take()
        try sendExecute(name, parameters, statement: key.statement.name)
        return try collectResult(statement: key.statement.name)
    }

    private func preparedName(_ key: StatementCache.Key) throws(PostgresError) -> String {
        if let name = statements.name(for: key) { return name }
        let name = try sendPrepare(key)
        do throws(PostgresError) {
            _ = try collectResult(statement: key.statement.name)
        } catch {
            statements.discard(key)
            throw error
        }
        return name
    }
}

extension PostgresError {
    /// Tells whether a prepared statement's plan or name is no longer valid on the server.
    var meansStaleStatement: Bool {
        sqlState?.rawValue == "0A000" || sqlState?.rawValue == "26000"
    }

    /// Tells whether something that the statement uses may have been replaced since it began, as a migration does: the
    /// next try finds the new one.
    var meansReplacement: Bool {
        sqlState?.rawValue == "XX000" && code == .serializationFailure || code == .undefinedTable
            || sqlState?.rawValue == "42883"
    }
}
