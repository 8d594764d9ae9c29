import Foundation
import Synchronization

/// Keeps a value behind a lock.
///
/// An `NSLock` is taken around the `Mutex`: the latter alone is correct, but ThreadSanitizer cannot see it on Linux.
/// The lock must never be held across an `await` or a call into other code that may lock.
struct Locked<State: ~Copyable>: ~Copyable, Sendable {
    private let lock = NSLock()
    private let state: Mutex<State>

    init(_ initial: consuming sending State) {
        state = Mutex(initial)
    }

    /// Runs `body` with exclusive access to the value.
    borrowing func withLock<Value, Failure>(
        _ body: (inout sending State) throws(Failure) -> sending Value
    ) throws(Failure) -> sending Value {
        lock.lock()
        defer { lock.unlock() }
        return try state.withLock(body)
    }
}
