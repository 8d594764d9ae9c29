import Foundation
import Synchronization

/// A value behind an `NSLock`, which ThreadSanitizer sees, around a `Mutex`, which it does not see on Linux.
final class LockedValue<Value: Sendable>: Sendable {
    private let lock = NSLock()
    private let value: Mutex<Value>

    init(_ value: Value) {
        self.value = Mutex(value)
    }

    /// Runs `body` with exclusive access to the value.
    func withLock<Result: Sendable>(_ body: (inout Value) -> Result) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return value.withLock { body(&$0) }
    }
}
