import CLibpq

extension LibpqSession {
    /// What a call brought.
    typealias Outcome = Result<PostgresResult, PostgresError>

    /// Writes and reads until libpq has the next result; nil ends the statement's results.
    ///
    /// The caller clears the result.
    func nextResult(statement: String?) throws(PostgresError) -> OpaquePointer? {
        while true {
            let unsent = PQflush(handle) == 1
            guard PQisBusy(handle) == 1 else { return PQgetResult(handle) }
            try wait(for: unsent ? POLLIN | POLLOUT : POLLIN, statement: statement)
            // On a failure PQgetResult returns the error at once.
            guard PQconsumeInput(handle) == 1 else { return PQgetResult(handle) }
        }
    }

    /// Reads a statement's results to their end and returns the last; an error among them wins.
    ///
    /// An error may come after the rows: a deferred constraint fails at the commit.
    func collectResult(statement: String, script: String? = nil) throws(PostgresError) -> PostgresResult {
        var last: PostgresResult?
        var failure: PostgresError?
        while let result = try nextResult(statement: statement) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK, PGRES_EMPTY_QUERY:
                last = PostgresResult(copying: result)
            case PGRES_COPY_IN, PGRES_COPY_OUT, PGRES_COPY_BOTH:
                failure = failure ?? PostgresError(.misuse, statement: statement, serverMessage: "it is a COPY")
                try refuseCopy(statement: statement)
            default:
                failure = failure ?? error(from: result, statement: statement, script: script)
            }
        }
        return try outcome(statement: statement, last: last, failure: failure).get()
    }

    /// What a call brought whose results have been read to their end.
    func outcome(statement: String, last: PostgresResult?, failure: PostgresError?) -> Outcome {
        let warnings = notices.take()
        if let failure { return .failure(failure) }
        guard var last else { return .failure(lostError(statement: statement)) }
        last.warnings = warnings
        return .success(last)
    }

    /// Turns an error result into an error; a cancellation of ours gets its own code.
    func error(from result: OpaquePointer, statement: String?, script: String? = nil) -> PostgresError {
        var diagnostics = PostgresDiagnostics(result: result)
        var code = PostgresError.Code(diagnostics)
        if diagnostics.sqlState == nil {
            diagnostics.message = String(cString: PQresultErrorMessage(result))
            if PQstatus(handle) == CONNECTION_BAD { code = .connectionLost }
        }
        if code == .connectionLost || code == .connectionFailed { isBroken = true }
        if code == .queryCancelled, hasCancelledCurrentCall { code = interruption ?? .deadlineExceeded }
        return PostgresError(code: code, diagnostics: diagnostics, statement: statement, script: script)
    }

    /// The error of a `PQsend…` function that refused: a broken connection, or a call that does not fit.
    func sendError(statement: String?) -> PostgresError {
        guard PQstatus(handle) != CONNECTION_BAD else { return lostError(statement: statement, nothingWasSent: true) }
        return PostgresError(
            .misuse,
            statement: statement,
            serverMessage: String(cString: PQerrorMessage(handle)),
            nothingWasSent: true
        )
    }

    private func refuseCopy(statement: String) throws(PostgresError) {
        guard PQputCopyEnd(handle, "COPY is not supported here") != 1 else { return }
        interrupt(.cancelled)
        while try skipCopyRow(statement: statement) {}
    }

    /// Reads past one row; returns false at the end or when an error waits to be collected.
    private func skipCopyRow(statement: String) throws(PostgresError) -> Bool {
        while true {
            var row: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(handle, &row, 1)
            PQfreemem(row)
            guard length == 0 else { return length > 0 }
            try wait(for: POLLIN, statement: statement)
            guard PQconsumeInput(handle) == 1 else { throw lostError(statement: statement) }
        }
    }
}
