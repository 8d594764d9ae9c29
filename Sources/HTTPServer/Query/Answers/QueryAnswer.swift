import Connectors
import HTTPTypes
import Hummingbird
import Postgres

/// What a read's statement returned: its outcome and the answer as JSON text.
struct QueryAnswer {
    /// The words of the SQL functions.
    enum Outcome: String {
        case unknownKey = "unknown_key"
        case revokedKey = "revoked_key"
        case notFound = "not_found"
        case customerNotFound = "customer_not_found"
        case ok
    }

    let outcome: Outcome
    let body: ByteBuffer?

    /// Reads the one row of a result; throws `decoding` when it is not as the functions promise.
    init(_ result: PostgresResult) throws(PostgresError) {
        guard let row = result.first, let outcome = Outcome(rawValue: try row.decode(0)) else {
            throw PostgresError(.decoding)
        }
        self.outcome = outcome
        body = result.columns.count > 1 ? try row.json(1).map { ByteBuffer(bytes: $0) } : nil
    }

    /// The error that the outcome is; nil for `ok`.
    func error(notFound: PivotalError) -> PivotalError? {
        switch outcome {
        case .unknownKey: .invalidAPIKey
        case .revokedKey: .apiKeyRevoked
        case .notFound: notFound
        case .customerNotFound: .customerNotFound
        case .ok: nil
        }
    }

    /// The answer to a client whose read succeeded.
    var response: Response { Response(json: body ?? ByteBuffer()) }
}
