/// Decides who stops the cluster when processes leave.
///
/// A process that uses the cluster holds `users` shared; its owner also holds `lock`. One that leaves gives up its share,
/// then needs both `lock` and `users` exclusively to stop the cluster: the first says that nobody else is in charge, the
/// second that nobody else uses it.
///
///     give up share ──▶ take lock ──▶ take users exclusively ──▶ stop ──▶ done
///                         │ no            │ no
///                         ▼               ▼
///                        done ◀─no── give up lock, is anybody there?
///                                         │ nobody: from the start
///
/// The way back matters: whoever was there may have left between the two steps, found the lock taken, and relied on its
/// holder. A process that finds the lock taken may go: the holder asks for `users` after the share was given up, or asks
/// again. The rounds are bounded; beyond them the cluster is left running for the next process to adopt.
struct ClosingStateMachine: ~Copyable {
    /// What to do next; those named `try…` and `probeUse` are answered by whether they succeeded.
    enum Action: Sendable, Equatable {
        case releaseUse
        case tryLock
        case tryExclusiveUse
        case stop
        case releaseLock
        /// Take `users` exclusively and give it up at once.
        case probeUse
        /// Give up everything; the cluster was stopped, or is left to others.
        case finish(stopped: Bool)
    }

    static let longestRounds = 100

    private var current: Action?
    private var ownsLock: Bool
    private var rounds = 0

    init(ownsLock: Bool) {
        self.ownsLock = ownsLock
    }

    /// Returns the next action, given whether the last one succeeded (true before the first).
    mutating func next(_ succeeded: Bool) -> Action {
        let action = following(succeeded)
        current = action
        return action
    }

    private mutating func following(_ succeeded: Bool) -> Action {
        switch current {
        case nil: return .releaseUse
        case .releaseUse: return ownsLock ? .tryExclusiveUse : .tryLock
        case .tryLock: return succeeded ? .tryExclusiveUse : .finish(stopped: false)
        case .tryExclusiveUse: return succeeded ? .stop : .releaseLock
        case .stop: return .finish(stopped: true)
        case .releaseLock: return .probeUse
        case .probeUse:
            rounds += 1
            return succeeded && rounds < Self.longestRounds ? .tryLock : .finish(stopped: false)
        case .finish(let stopped): return .finish(stopped: stopped)
        }
    }
}
