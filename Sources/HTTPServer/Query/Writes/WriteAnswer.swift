import EventLog
import HTTPTypes
import Hummingbird
import Postgres

/// What a command's statement returned.
struct WriteAnswer {
    /// An answer to a client whose write succeeded.
    struct Success {
        let status: HTTPResponse.Status
        /// Nil when there is nothing to say.
        let body: ByteBuffer?
        /// Where the log stood when it was true.
        let position: Position
        /// Whether it is the answer to an earlier request with the same idempotency key.
        let isReplay: Bool
    }

    let outcome: Outcome
    private(set) var success: Success?
    /// The member at fault, if the command named one, and what it said of it.
    private(set) var field: String?
    private(set) var detail: String?

    /// Reads the one row of a result; throws `decoding` when it is not as the functions promise.
    init(_ result: PostgresResult) throws(PostgresError) {
        let (outcome, row) = try result.outcome()
        self.outcome = outcome
        guard result.columns.count > 1 else { return }
        field = try row["field"]
        detail = try row["detail"]
        guard outcome == .ok else { return }
        let status: Int32 = try row["status"]
        success = Success(
            status: HTTPResponse.Status(code: Int(status)),
            body: try row.json(2).map { ByteBuffer(bytes: $0) },
            position: Position(rawValue: try row["log_position"]),
            isReplay: try row["is_replay"]
        )
    }
}

extension WriteAnswer.Success {
    /// The answer over HTTP.
    var response: Response {
        var headers: HTTPFields = [.hooklogPosition: position.description]
        if isReplay { headers[.idempotentReplayed] = "true" }
        guard let body else { return Response(status: status, headers: headers) }
        headers[.contentType] = "application/json"
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}
