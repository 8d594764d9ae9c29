import Postgres
import Synchronization

/// The time at which requests are counted: the database's own, until a test sets another.
final class CountingTime: Sendable {
    private let state = Mutex<PostgresTimestamp?>(nil)

    var value: PostgresTimestamp? { state.withLock { $0 } }

    /// Sets the time, in seconds since 1970.
    func set(seconds: Int64) {
        state.withLock { $0 = PostgresTimestamp(microsecondsSince1970: seconds * 1_000_000) }
    }
}
