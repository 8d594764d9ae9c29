import Locking

/// A clock whose waits are over at once, and noted.
final class HurriedClock: Clock, Sendable {
    typealias Duration = Swift.Duration
    typealias Instant = ContinuousClock.Instant

    private let waits = Locked<[Duration]>([])

    var slept: [Duration] { waits.withLock { $0 } }
    var now: Instant { ContinuousClock.now }
    var minimumResolution: Duration { .zero }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let wait = deadline - .now
        waits.withLock { $0.append(.seconds((wait / .seconds(1)).rounded(.up))) }
        try Task.checkCancellation()
    }
}
