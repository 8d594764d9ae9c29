import Connectors
import HTTPTypes
import Hummingbird
import Postgres

/// What a read's statement returned: its outcome and the answer as JSON text.
struct QueryAnswer {
    let outcome: Outcome
    let body: ByteBuffer?

    /// Reads the one row of a result; throws `decoding` when it is not as the functions promise.
    init(_ result: PostgresResult) throws(PostgresError) {
        let (outcome, row) = try result.outcome()
        self.outcome = outcome
        body = result.columns.count > 1 ? try row.json(1).map { ByteBuffer(bytes: $0) } : nil
    }

    /// The answer to a client whose read succeeded.
    var response: Response { Response(.ok, body ?? ByteBuffer()) }
}
