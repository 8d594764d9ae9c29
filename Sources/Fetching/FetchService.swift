import EventLog
import Locking
import Logging
import Postgres
import ServiceLifecycle

/// Fetches the objects that thin events tell of, and appends them as events of their own.
///
///     LogActivity ──▶ wake ─┐                              ┌─▶ plan: read the log for thin events
///     sweep ────────▶ wake ─┼─▶ FetchScheduleStateMachine ─┤
///     source changed ▶ sweep┘                              └─▶ fetch: claim, GET, append and strike off
///
/// What is to be fetched follows from the log, and everything that counts is decided in the database: any number of
/// processes may run this side by side and be killed at any moment. What a killed process had in hand is fetched again
/// when its claim has run out; a lost wake-up costs the time until the next sweep. Appends never wait for it.
///
/// On graceful shutdown it starts nothing more and finishes the requests in hand. It never fails: while the database or a
/// vendor's API is away it tries again. A source whose token it cannot open it leaves to other processes for a while.
package final class FetchService: Service {
    private struct State: ~Copyable {
        var schedule: FetchScheduleStateMachine
        /// The workspaces that have a source with thin events.
        var workspaces: Set<WorkspaceID> = []
        /// The sources whose token cannot be opened here, and until when they are left alone.
        var resting: [SourceID: ContinuousClock.Instant] = [:]
    }

    private let queue: FetchQueue
    private let sealer: SecretSealer
    private let apis: [ConnectorName: any ObjectAPI]
    private let activity: LogActivity
    private let listener: NotificationListener
    private let configuration: FetchConfiguration
    private let transport: (any FetchTransport)?
    private let jitter: @Sendable () -> Double
    private let logger: Logger
    private let clock = ContinuousClock()
    private let metrics = FetchMetrics()
    private let state: Locked<State>
    private let step = Signal()
    private let sweep = Signal()

    /// Creates a service that works through `pool` and listens on a connection of its own.
    ///
    /// - Parameters:
    ///   - transport: Carries the requests; nil sends over HTTP.
    ///   - jitter: Gives numbers in 0..<1.
    package init(
        pool: PostgresPool,
        connection: PostgresConfiguration,
        sealer: SecretSealer,
        apis: [any ObjectAPI],
        activity: LogActivity,
        configuration: FetchConfiguration = FetchConfiguration(),
        transport: (any FetchTransport)? = nil,
        jitter: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        logger: Logger
    ) {
        queue = FetchQueue(pool: pool)
        self.sealer = sealer
        self.apis = Dictionary(apis.map { ($0.sender.name, $0) }) { first, _ in first }
        self.activity = activity
        self.configuration = configuration
        self.transport = transport
        self.jitter = jitter
        self.logger = logger
        listener = NotificationListener(configuration: connection, channel: SourceStore.channel, logger: logger)
        state = Locked(State(schedule: FetchScheduleStateMachine(configuration)))
    }

    /// Fetches until graceful shutdown or cancellation; call it once.
    package func run() async throws {
        if let transport { return await run(over: transport) }
        await HTTPFetchTransport.with(connectionsPerHost: configuration.sourceConcurrency) { transport in
            await run(over: transport)
        }
    }

    private func run(over transport: any FetchTransport) async {
        let attempt = FetchAttempt(
            queue: queue,
            transport: transport,
            sealer: sealer,
            apis: apis,
            configuration: configuration,
            metrics: metrics,
            logger: logger,
            jitter: jitter
        )
        await withGracefulShutdownHandler {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.dispatch(attempt) }
                group.addTask { await cancelWhenGracefulShutdown { await self.follow() } }
                group.addTask {
                    await cancelWhenGracefulShutdown {
                        await self.sweep.repeating(every: self.configuration.sweepInterval) { await self.look() }
                    }
                }
                group.addTask { await cancelWhenGracefulShutdown { await self.listen() } }
            }
        } onGracefulShutdown: {
            self.state.withLock { $0.schedule.stop() }
            self.step.finish()
        }
    }

    /// Starts jobs as there is room; returns when it was told to stop and the jobs in hand are done.
    private func dispatch(_ attempt: FetchAttempt) async {
        await withDiscardingTaskGroup { group in
            for await _ in step {
                while let job = state.withLock({ $0.schedule.next() }) {
                    group.addTask { await self.perform(job, attempt) }
                }
                guard let due = state.withLock({ $0.schedule.armTimer() }) else { continue }
                group.addTask { await cancelWhenGracefulShutdown { await self.release(at: due) } }
            }
        }
    }

    private func perform(_ job: FetchJob, _ attempt: FetchAttempt) async {
        let delay: Duration?
        switch job {
        case .plan(let workspace): delay = await plan(workspace)
        case .fetch(let source): delay = await fetchNext(of: source, attempt)
        }
        let now = clock.now
        state.withLock { $0.schedule.finish(job, again: delay.map { now + $0 }, now: now) }
        step.send()
    }

    private func release(at due: ContinuousClock.Instant) async {
        guard (try? await clock.sleep(until: due)) != nil else { return }
        let now = clock.now
        state.withLock { $0.schedule.releaseDue(now: now) }
        step.send()
    }
}

extension FetchService {
    /// After how long a job is tried again that failed or found its object held by somebody else.
    private static let retryDelay = Duration.milliseconds(500)

    /// Reads a page of a log; returns when to read the next.
    private func plan(_ workspace: WorkspaceID) async -> Duration? {
        do throws(PostgresError) {
            let page = try await queue.plan(workspace, maxEvents: configuration.pageSize)
            if page.planned > 0 { wakeFetches(try await queue.pending(workspace: workspace)) }
            return page.hasMore ? .zero : page.isBusy ? Self.retryDelay : nil
        } catch {
            logger.debug("Log not read for thin events", metadata: ["error.code": "\(error.code)"])
            return Self.retryDelay
        }
    }

    /// Fetches an object that is due; returns when to look for the next.
    private func fetchNext(of source: SourceID, _ attempt: FetchAttempt) async -> Duration? {
        let now = clock.now
        if let until = state.withLock({ $0.resting[source] }), until > now { return until - now }
        do throws(PostgresError) {
            guard let claim = try await queue.claim(source, lease: configuration.lease) else {
                return try await queue.pending(source: source).first?.dueIn.map { max($0, Self.retryDelay) }
            }
            state.withLock { $0.schedule.wake(.fetch(source)) }
            step.send()
            switch await attempt.make(claim) {
            case .appended: activity.appended(source.workspace)
            case .nothing: break
            case .tokenIsSealed: return rest(source)
            }
            return .zero
        } catch {
            logger.debug("No object taken", metadata: ["error.code": "\(error.code)"])
            return Self.retryDelay
        }
    }

    /// Leaves a source to processes that can open its token; returns for how long.
    private func rest(_ source: SourceID) -> Duration {
        let now = clock.now
        let isNew = state.withLock { state in
            state.resting = state.resting.filter { $0.value > now }
            return state.resting.updateValue(now + configuration.sealedRest, forKey: source) == nil
        }
        if isNew {
            logger.warning(
                "Token cannot be opened with this master key, so objects are not fetched here",
                metadata: ["source.id": "\(source)"]
            )
        }
        return configuration.sealedRest
    }

    private func wakeFetches(_ pending: [PendingFetch]) {
        let now = clock.now
        state.withLock { state in
            for item in pending {
                guard let dueIn = item.dueIn else { continue }
                state.schedule.wake(.fetch(item.source), at: now + dueIn, now: now)
            }
        }
        step.send()
    }

    private func follow() async {
        let subscription = activity.subscribe()
        while let touched = await subscription.next() {
            let now = clock.now
            let due = now + configuration.gathering
            state.withLock { state in
                for workspace in touched.workspaces where state.workspaces.contains(workspace) {
                    state.schedule.wake(.plan(workspace), at: due, now: now)
                }
            }
            step.send()
            if !touched.isComplete { sweep.send() }
        }
    }

    private func listen() async {
        await listener.run {
            self.sweep.send()
        } received: { payload in
            if let source = SourceID(payload) { self.state.withLock { $0.resting[source] = nil } }
            self.sweep.send()
        }
    }

    /// Looks at all sources with thin events.
    private func look() async {
        do throws(PostgresError) {
            let pending = try await queue.pending()
            let workspaces = Set(pending.map(\.source.workspace))
            state.withLock { state in
                state.workspaces = workspaces
                for item in pending where item.isUnread { state.schedule.wake(.plan(item.source.workspace)) }
            }
            wakeFetches(pending)
            if let counts = try await queue.counts() { metrics.record(counts) }
        } catch {
            logger.debug("Sweep failed", metadata: ["error.code": "\(error.code)"])
        }
    }
}
