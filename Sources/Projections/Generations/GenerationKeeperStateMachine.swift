/// The decisions on builds: which takes over, which is dropped, and when to try again.
struct GenerationKeeperStateMachine: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    /// What is to be done with a generation.
    enum Action: Hashable {
        /// Put it in the place of the active one.
        case swap(GenerationKey)
        /// Drop it.
        case drop(GenerationKey)
    }

    private struct Failure {
        var attempts: Int
        var retryAt: Instant
    }

    private let swapLag: Int64
    private let rollbackWindow: Duration
    private var failures: [GenerationKey: Failure] = [:]

    private static let firstDelay = Duration.seconds(5)
    private static let longestDelay = Duration.seconds(300)

    init(swapLag: Int64, rollbackWindow: Duration) {
        self.swapLag = swapLag
        self.rollbackWindow = rollbackWindow
    }

    /// What is to be done now; `progress` has an entry for each generation that is being built.
    mutating func actions(
        for generations: [ProjectionGeneration],
        progress: [GenerationKey: BuildProgress],
        now: Instant
    ) -> [Action] {
        let known = Set(generations.map(\.key))
        for key in failures.keys where !known.contains(key) { failures[key] = nil }
        let active = Dictionary(
            generations.filter { $0.state == .active }.map { ($0.projection, $0.version) }
        ) { _, later in later }
        return generations.compactMap { generation in
            if let failure = failures[generation.key], failure.retryAt > now { return nil }
            switch generation.state {
            case .active:
                return nil
            case .building:
                guard let progress = progress[generation.key] else { return nil }
                return isReady(progress) ? .swap(generation.key) : nil
            case .retired:
                // A rebuild has the same version: there is nothing to roll back to.
                let isRebuild = active[generation.projection] == generation.version
                let isOver = (generation.retiredFor ?? .zero) >= rollbackWindow
                return isRebuild || isOver ? .drop(generation.key) : nil
            }
        }
    }

    /// Takes note that an action did not succeed; it is tried again after a growing wait.
    mutating func failed(_ key: GenerationKey, now: Instant) {
        let attempts = (failures[key]?.attempts ?? 0) + 1
        let delay = min(Self.longestDelay, Self.firstDelay * (1 << min(attempts - 1, 10)))
        failures[key] = Failure(attempts: attempts, retryAt: now + delay)
    }

    /// Takes note that an action succeeded.
    mutating func succeeded(_ key: GenerationKey) { failures[key] = nil }

    /// A workspace that stopped would keep the active generation paused for nothing.
    private func isReady(_ progress: BuildProgress) -> Bool {
        progress.workspacesStopped == 0 && progress.eventsBehind <= swapLag
    }
}
