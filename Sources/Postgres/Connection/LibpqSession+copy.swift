import CLibpq

extension LibpqSession {
    /// Rows are handed on in pieces of about this many bytes.
    private static let chunkSize = 65536

    /// Starts a COPY to the client.
    func beginCopy(_ statement: PostgresStatement) throws(PostgresError) {
        guard PQsendQuery(handle, statement.sql) == 1 else { throw sendError(statement: statement.name) }
        guard let result = try nextResult(statement: statement.name) else {
            throw lostError(statement: statement.name)
        }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COPY_OUT:
            copy = .running
        case PGRES_FATAL_ERROR:
            let failure = error(from: result, statement: statement.name)
            try discardResults(statement: statement.name)
            throw failure
        default:
            if PQresultStatus(result) == PGRES_COPY_IN { _ = PQputCopyEnd(handle, "COPY FROM is not supported") }
            try discardResults(statement: statement.name)
            throw PostgresError(.misuse, statement: statement.name, serverMessage: "it is not a COPY TO STDOUT")
        }
    }

    /// The next rows of the COPY under way, in its own format; nil ends it.
    func nextCopyChunk(statement: String) throws(PostgresError) -> [UInt8]? {
        guard copy == .running else {
            copy = .none
            return nil
        }
        var chunk: [UInt8] = []
        while chunk.count < Self.chunkSize {
            let more = try nextCopyRow(statement: statement) { chunk.append(contentsOf: $0) }
            guard !more else { continue }
            copy = .none
            _ = try collectResult(statement: statement)
            copy = chunk.isEmpty ? .none : .ended
            return chunk.isEmpty ? nil : chunk
        }
        return chunk
    }

    /// Stops the COPY under way and reads it to its end.
    func abortCopy(statement: String) throws(PostgresError) {
        defer { copy = .none }
        guard copy == .running else { return }
        interrupt(.cancellation)
        while try nextCopyRow(statement: statement, consume: { _ in }) {}
        try discardResults(statement: statement)
    }

    /// Reads one row; returns false at the end or when an error waits to be collected.
    func nextCopyRow(
        statement: String,
        consume: (UnsafeRawBufferPointer) -> Void
    ) throws(PostgresError) -> Bool {
        while true {
            var row: UnsafeMutablePointer<CChar>?
            let length = PQgetCopyData(handle, &row, 1)
            if length > 0, let row {
                consume(UnsafeRawBufferPointer(start: row, count: Int(length)))
                PQfreemem(row)
                return true
            }
            guard length == 0 else { return false }
            try wait(for: POLLIN, statement: statement)
            guard PQconsumeInput(handle) == 1 else { throw lostError(statement: statement) }
        }
    }
}
