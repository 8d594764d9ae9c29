import Connectors
import EventLog
import HTTPTypes
import Hummingbird
import Postgres

/// What a command's statement returned.
struct WriteAnswer {
    /// The words of the SQL functions.
    enum Outcome: String {
        case unknownKey = "unknown_key"
        case revokedKey = "revoked_key"
        case insufficientScope = "insufficient_scope"
        case notFound = "not_found"
        case customerNotFound = "customer_not_found"
        case emailTaken = "email_taken"
        case slugTaken = "slug_taken"
        case idempotencyKeyReused = "idempotency_key_reused"
        case idempotencyKeyInUse = "idempotency_key_in_use"
        case busy
        case behind
        case ok
    }

    /// An answer to a client whose write succeeded.
    struct Success {
        let status: HTTPResponse.Status
        let body: ByteBuffer
        /// Where the log stood when it was true.
        let position: Position
        /// Whether it is the answer to an earlier request with the same idempotency key.
        let isReplay: Bool
    }

    let outcome: Outcome
    let success: Success?

    /// Reads the one row of a result; throws `decoding` when it is not as the functions promise.
    init(_ result: PostgresResult) throws(PostgresError) {
        guard let row = result.first, let outcome = Outcome(rawValue: try row["outcome"]) else {
            throw PostgresError(.decoding)
        }
        self.outcome = outcome
        guard outcome == .ok, result.columns.count > 1 else {
            success = nil
            return
        }
        let status: Int32 = try row["status"]
        guard let body = try row.json(2) else { throw PostgresError(.decoding) }
        success = Success(
            status: HTTPResponse.Status(code: Int(status)),
            body: ByteBuffer(bytes: body),
            position: Position(rawValue: try row["log_position"]),
            isReplay: try row["is_replay"]
        )
    }

    /// The error that the outcome is; nil for `ok`.
    func error(notFound: PivotalError) -> PivotalError? {
        switch outcome {
        case .unknownKey: .invalidAPIKey
        case .revokedKey: .apiKeyRevoked
        case .insufficientScope: .insufficientScope
        case .notFound: notFound
        case .customerNotFound: .customerNotFound
        case .emailTaken: .emailTaken
        case .slugTaken: .slugTaken
        case .idempotencyKeyReused: .idempotencyKeyReused
        case .idempotencyKeyInUse: .idempotencyKeyInUse
        case .busy: .databaseUnavailable
        case .behind: .writesBehind
        case .ok: nil
        }
    }
}

extension WriteAnswer.Success {
    /// The answer over HTTP.
    var response: Response {
        var headers: HTTPFields = [.contentType: "application/json", .hooklogPosition: position.description]
        if isReplay { headers[.idempotentReplayed] = "true" }
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }
}

extension HTTPField.Name {
    /// Says that an answer is that to an earlier request with the same idempotency key.
    static let idempotentReplayed: HTTPField.Name = {
        guard let name = HTTPField.Name("Idempotent-Replayed") else {
            preconditionFailure("Idempotent-Replayed is a valid header name")
        }
        return name
    }()
}
