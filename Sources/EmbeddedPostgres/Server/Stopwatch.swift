/// Time since some moment, and waits, on whatever clock the configuration names.
struct Stopwatch: Sendable {
    /// The time since the stopwatch was made.
    let elapsed: @Sendable () -> Duration
    private let pause: @Sendable (Duration) async throws -> Void

    /// Starts a stopwatch on `clock`.
    init(_ clock: some Clock<Duration>) {
        let start = clock.now
        elapsed = { start.duration(to: clock.now) }
        pause = { try await clock.sleep(for: $0) }
    }

    /// Waits for `duration` and returns true, or false at once when the calling task is cancelled.
    func sleep(_ duration: Duration) async -> Bool {
        do {
            try await pause(duration)
            return !Task.isCancelled
        } catch {
            return false
        }
    }
}
