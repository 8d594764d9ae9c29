import Foundation
import Synchronization

/// Keeps a value behind a lock.
///
/// An `NSLock` is taken around the `Mutex`: the latter alone is correct, but ThreadSanitizer cannot see it on Linux.
/// The lock must never be held across an `await` or a call into other code that may lock. Everything is inlinable, so that
/// other modules' uses are compiled for their own types.
package struct Locked<State: ~Copyable>: ~Copyable, Sendable {
    @usableFromInline let lock = NSLock()
    @usableFromInline let state: Mutex<State>

    /// Creates a lock around a value.
    @inlinable
    package init(_ initial: consuming sending State) {
        state = Mutex(initial)
    }

    /// Runs `body` with exclusive access to the value.
    @inlinable
    package borrowing func withLock<Value, Failure>(
        _ body: (inout sending State) throws(Failure) -> sending Value
    ) throws(Failure) -> sending Value {
        lock.lock()
        defer { lock.unlock() }
        return try state.withLock(body)
    }
}
