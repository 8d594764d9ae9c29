import Locking

/// A value that one party delivers and one other awaits.
///
/// The first ``fulfil(_:)`` counts, later ones change nothing. At most one task may await ``value()``.
final class Promise<Value: Sendable>: Sendable {
    private enum State {
        case empty
        case awaited(CheckedContinuation<Value, Never>)
        case fulfilled(Value)
    }

    private let state = Locked(State.empty)

    /// Tells whether a value was delivered.
    var isFulfilled: Bool {
        state.withLock { state in
            if case .fulfilled = state { true } else { false }
        }
    }

    /// Delivers the value; returns false when there is one already.
    @discardableResult
    func fulfil(_ value: Value) -> Bool {
        let (accepted, waiting) = state.withLock { state -> (Bool, CheckedContinuation<Value, Never>?) in
            switch state {
            case .fulfilled:
                return (false, nil)
            case .empty:
                state = .fulfilled(value)
                return (true, nil)
            case .awaited(let continuation):
                state = .fulfilled(value)
                return (true, continuation)
            }
        }
        waiting?.resume(returning: value)
        return accepted
    }

    /// Waits for the value; the party that delivers sees to deadlines and cancellation.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let ready = state.withLock { state -> Value? in
                switch state {
                case .fulfilled(let value):
                    return value
                case .empty:
                    state = .awaited(continuation)
                    return nil
                case .awaited:
                    preconditionFailure("value() was called twice on one promise")
                }
            }
            if let ready { continuation.resume(returning: ready) }
        }
    }
}
