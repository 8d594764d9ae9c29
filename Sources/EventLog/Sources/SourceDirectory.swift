import Locking
import Logging
import Postgres
import ServiceLifecycle

/// Finds the source of a delivery by its identifier, mostly from a cache.
///
/// A change of a source counts as soon as its notification arrives, and after at most two seconds without it. Lookups of
/// one source at the same time are one query. While the database is away, sources seen before keep being found.
/// ``run()`` listens for changes and reads the sources in use again every second, so that lookups seldom wait.
package final class SourceDirectory: Service {
    typealias Waiter = CheckedContinuation<Void, Never>
    typealias Machine = SourceCacheStateMachine<Source, Waiter>

    private static let loadTimeout = Duration.seconds(2)
    private static let sweepCount = 500

    private let store: SourceStore
    private let listener: NotificationListener
    private let logger: Logger
    private let clock = ContinuousClock()
    private let sweepInterval: Duration
    private let state: Locked<Machine>

    /// Creates a directory of a store's sources that listens on a connection of its own.
    ///
    /// `freshness` is how long a change without a notification may go unseen; half of it passes between two sweeps.
    package init(
        store: SourceStore,
        configuration: PostgresConfiguration,
        freshness: Duration = .seconds(2),
        logger: Logger
    ) {
        self.store = store
        listener = NotificationListener(configuration: configuration, channel: SourceStore.channel, logger: logger)
        self.logger = logger
        sweepInterval = freshness / 2
        state = Locked(Machine(limits: Machine.Limits(freshness: freshness)))
    }

    /// The source of that identifier; nil when there is none or it is disabled.
    ///
    /// With a moment it is the source with every change that was made before that: it is read again unless it was read since,
    /// of one source at most 20 times a second, whoever asks how often.
    ///
    /// Throws `unavailable` when the database is away and the source was not seen before, or must be read again;
    /// `missingMasterKey`, `unsealFailed` or `invalidSecret` when its secrets cannot be used, `cancelled`.
    package func source(
        _ id: SourceID,
        readSince moment: ContinuousClock.Instant? = nil
    ) async throws(EventLogError) -> Source? {
        while true {
            guard !Task.isCancelled else { throw EventLogError(.cancelled, source: id) }
            switch state.withLock({ $0.lookUp(id, readSince: moment, now: clock.now) }) {
            case .found(let source): return source
            case .absent: return nil
            case .load: return try await load(id, acceptsKnown: moment == nil)
            case .wait: await waitForLoad(of: id)
            case .waitUntil(let instant): try? await clock.sleep(until: instant)
            case .refuse: throw EventLogError(.unavailable, source: id)
            }
        }
    }

    /// Listens for changes and keeps the sources in use fresh, until the graceful shutdown or cancellation.
    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await self.listen() }
                group.addTask { await self.sweep() }
            }
        }
    }

    /// Reads a source; where that fails, what was known of it may be the answer.
    private func load(_ id: SourceID, acceptsKnown: Bool) async throws(EventLogError) -> Source? {
        let start = clock.now
        do throws(EventLogError) {
            let source = try await read([id])[id]
            let waiters = state.withLock { $0.finish(id, source, startedAt: start) }
            for waiter in waiters { waiter.resume() }
            return source
        } catch {
            let (known, waiters) = state.withLock { $0.fail(id, now: clock.now) }
            for waiter in waiters { waiter.resume() }
            guard error.code == .unavailable, acceptsKnown, let known else { throw error }
            return known
        }
    }

    private func waitForLoad(of id: SourceID) async {
        let ticket = state.withLock { $0.makeTicket() }
        await withTaskCancellationHandler {
            await withCheckedContinuation { waiter in
                let isWaiting =
                    !Task.isCancelled && state.withLock { $0.wait(for: id, ticket: ticket, waiter: waiter) }
                if !isWaiting { waiter.resume() }
            }
        } onCancel: {
            state.withLock { $0.abandon(id, ticket: ticket) }?.resume()
        }
    }

    /// Reads sources; those that do not exist or are disabled are left out.
    private func read(_ ids: [SourceID]) async throws(EventLogError) -> [SourceID: Source] {
        let parameters: [PostgresParameter] = [
            .int8Array(ids.map(\.workspace.rawValue)), .int8Array(ids.map(\.number)),
        ]
        let result: PostgresResult
        do throws(PostgresError) {
            result = try await store.pool.query(Queries.readSource, parameters, deadline: clock.now + Self.loadTimeout)
        } catch {
            throw EventLogError(error)
        }
        var sources: [SourceID: Source] = [:]
        for record in try SourceStore.records(result) where record.details.disabledAt == nil {
            let id = record.details.id
            guard let sealer = store.sealer else { throw EventLogError(.missingMasterKey, source: id) }
            sources[id] = try record.source(of: store.senders, sealer: sealer, now: store.now())
        }
        return sources
    }

    private func sweep() async {
        while (try? await clock.sleep(for: sweepInterval)) != nil {
            let used = state.withLock { $0.takeUsed() }
            for start in stride(from: 0, to: used.count, by: Self.sweepCount) {
                await refresh(Array(used[start..<min(start + Self.sweepCount, used.count)]))
            }
        }
    }

    private func refresh(_ ids: [SourceID]) async {
        let start = clock.now
        do throws(EventLogError) {
            let sources = try await read(ids)
            state.withLock { machine in
                for id in ids { machine.refresh(id, sources[id], startedAt: start) }
            }
        } catch {
            logger.debug("Sources were not read again", metadata: ["error": "\(error.code)"])
        }
    }

    private func listen() async {
        await listener.run {
            self.state.withLock { $0.invalidateAll(now: self.clock.now) }
        } received: { payload in
            guard let id = SourceID(payload) else { return }
            self.state.withLock { $0.invalidate(id, now: self.clock.now) }
        }
    }
}
