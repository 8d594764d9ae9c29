import DequeModule
import EventLog

/// The decisions of a projector: which workspace is stepped next, in which generation, by how much.
///
///     wake ──▶ ready ──▶ running ──▶ (more to do) ready
///                ▲          ├─────▶ (busy, paused) delayed ──▶ ready
///                ├──────────┼─────▶ (a small page) resting ──▶ ready, or forgotten
///                └──────────┘       (done) forgotten
///
/// A workspace is stepped by one worker at a time, one page in turn with the others; so one with a long backlog holds up
/// nobody. Most of what a small page costs it costs however few events it has, so a workspace whose generations have all
/// had one rests a moment while events gather; a log that grows now and then is read at once.
/// Only workspaces with something to do are remembered, up to a limit: what is forgotten, the sweep finds again.
struct ProjectorStateMachine: ~Copyable {
    typealias Instant = ContinuousClock.Instant

    private struct Entry {
        var pending: Deque<GenerationKey> = []
        var sizers: [GenerationKey: PageSizer] = [:]
        var running: GenerationKey?
        var isReady = false
        var isResting = false
        var delays = 0
        /// What has had a small page since the last rest.
        var refreshed: Set<GenerationKey> = []

        mutating func add(_ key: GenerationKey) {
            if !pending.contains(key) { pending.append(key) }
        }
    }

    private let concurrency: Int
    private let buildConcurrency: Int
    private let workspaceLimit: Int
    private var states: [GenerationKey: ProjectionGeneration.State] = [:]
    private var entries: [WorkspaceID: Entry] = [:]
    private var ready: Deque<WorkspaceID> = []
    /// The workspaces that are delayed or rest, and until when.
    private var delayed: [WorkspaceID: Instant] = [:]
    /// No later than the first of them.
    private var earliestDue: Instant?
    private(set) var running = 0
    private(set) var buildsRunning = 0
    private(set) var isStopping = false
    /// The times for which a timer runs: each earlier than those before it.
    private var armed: [Instant] = []
    private var wantsFullWalk = true

    /// A busy checkpoint is tried again so many times before it is left to the sweep.
    private static let delayLimit = 6
    private static let firstDelay = Duration.milliseconds(20)
    /// A page of fewer events costs about the same as an empty one.
    private static let smallPage = 500
    private static let rest = Duration.milliseconds(20)

    init(concurrency: Int, buildConcurrency: Int = 1, workspaceLimit: Int = 16_384) {
        precondition(concurrency > 0, "a projector needs room for a step")
        self.concurrency = concurrency
        self.buildConcurrency = buildConcurrency
        self.workspaceLimit = workspaceLimit
    }

    /// The number of workspaces that have something to do.
    var workspaceCount: Int { entries.count }
    /// The generations that there are.
    var generations: Int { states.count }

    /// Takes note of which generations exist; others are no longer stepped.
    mutating func setGenerations(_ generations: [ProjectionGeneration]) {
        states = Dictionary(generations.map { ($0.key, $0.state) }) { _, later in later }
    }

    /// Has every generation of a workspace stepped: its log has grown.
    mutating func wake(_ workspace: WorkspaceID) {
        let keys = states.keys.sorted { ($0.projection, $0.generation) < ($1.projection, $1.generation) }
        for key in keys { wake(workspace, key) }
    }

    /// Has one generation of a workspace stepped.
    mutating func wake(_ workspace: WorkspaceID, _ key: GenerationKey) {
        guard !isStopping, states[key] != nil, entries[workspace] != nil || entries.count < workspaceLimit else {
            return
        }
        entries[workspace, default: Entry()].add(key)
        makeReady(workspace)
    }

    /// The next step, when there is one and room for it.
    mutating func next() -> ProjectionStep? {
        guard !isStopping, running < concurrency else { return nil }
        for _ in 0..<ready.count {
            guard let workspace = ready.popFirst(), var entry = entries[workspace] else { continue }
            if let step = start(workspace, &entry) {
                entries[workspace] = entry
                return step
            }
            if entry.pending.isEmpty {
                entries[workspace] = nil
            } else {
                ready.append(workspace)
            }
        }
        return nil
    }

    /// Takes note of what became of a step.
    mutating func finish(_ step: ProjectionStep, _ report: StepReport, now: Instant) {
        running -= 1
        if step.state == .building { buildsRunning -= 1 }
        guard var entry = entries[step.workspace] else { return }
        entry.running = nil
        entry.isReady = false
        let isDelayed = apply(report, of: step, to: &entry)
        entry.isResting = !isDelayed && !entry.refreshed.isEmpty && entry.refreshed.isSuperset(of: entry.pending)
        let isForgotten = isStopping || (entry.pending.isEmpty && !entry.isResting)
        entries[step.workspace] = isForgotten ? nil : entry
        guard !isForgotten else { return }
        if isDelayed {
            delay(step.workspace, until: now + Self.firstDelay * (1 << min(entry.delays, 4)))
        } else if entry.isResting {
            delay(step.workspace, until: now + Self.rest)
        } else {
            makeReady(step.workspace)
        }
    }

    /// The time at which ``releaseDue(now:)`` must be called, unless that or an earlier one was told before.
    mutating func armTimer() -> Instant? {
        guard let earliestDue, !armed.contains(where: { $0 <= earliestDue }) else { return nil }
        armed.append(earliestDue)
        return earliestDue
    }

    /// Makes the workspaces ready whose time has come; forgets those that only rested.
    mutating func releaseDue(now: Instant) {
        armed.removeAll { $0 <= now }
        for (workspace, due) in delayed where due <= now {
            delayed[workspace] = nil
            entries[workspace]?.isResting = false
            entries[workspace]?.refreshed.removeAll()
            if entries[workspace]?.pending.isEmpty == true {
                entries[workspace] = nil
            } else {
                makeReady(workspace)
            }
        }
        earliestDue = delayed.values.min()
    }

    /// Asks for a look at all workspaces: others than those named have grown.
    mutating func requestFullWalk() { wantsFullWalk = true }

    /// Tells once whether all workspaces must be looked at; so it is at the beginning.
    mutating func takeFullWalkRequest() -> Bool {
        defer { wantsFullWalk = false }
        return wantsFullWalk
    }

    /// Starts nothing more.
    mutating func stop() {
        isStopping = true
        ready.removeAll()
        delayed.removeAll()
        earliestDue = nil
    }

    private mutating func start(_ workspace: WorkspaceID, _ entry: inout Entry) -> ProjectionStep? {
        entry.pending.removeAll { states[$0] == nil }
        let index = entry.pending.firstIndex { states[$0] != .building || buildsRunning < buildConcurrency }
        guard let index, let state = states[entry.pending[index]] else { return nil }
        let key = entry.pending.remove(at: index)
        let sizer = entry.sizers[key] ?? PageSizer(.bounds(for: state))
        entry.sizers[key] = sizer
        entry.running = key
        entry.isReady = false
        running += 1
        if state == .building { buildsRunning += 1 }
        return ProjectionStep(
            workspace: workspace,
            key: key,
            state: state,
            maxEvents: sizer.events,
            maxBytes: sizer.bounds.bytes
        )
    }

    /// Returns whether the workspace must wait a little before its next step.
    private mutating func apply(_ report: StepReport, of step: ProjectionStep, to entry: inout Entry) -> Bool {
        switch report.outcome {
        case .folded, .halved:
            entry.delays = 0
            entry.sizers[step.key]?.note(isFull: report.hasMore, elapsed: report.elapsed)
            if report.hasMore { entry.add(step.key) }
            if report.events < Self.smallPage {
                entry.refreshed.insert(step.key)
            } else {
                entry.refreshed.remove(step.key)
            }
            return false
        case .busy, .paused:
            entry.delays += 1
            guard entry.delays <= Self.delayLimit else { return false }
            entry.add(step.key)
            return true
        case .gone:
            states[step.key] = nil
            return false
        case .caughtUp, .waiting, .stopped, .unavailable, .cancelled:
            return false
        }
    }

    private mutating func delay(_ workspace: WorkspaceID, until due: Instant) {
        delayed[workspace] = due
        earliestDue = earliestDue.map { min($0, due) } ?? due
    }

    private mutating func makeReady(_ workspace: WorkspaceID) {
        guard let entry = entries[workspace], entry.running == nil, !entry.isReady, !entry.isResting else { return }
        delayed[workspace] = nil
        entries[workspace]?.isReady = true
        ready.append(workspace)
    }
}
