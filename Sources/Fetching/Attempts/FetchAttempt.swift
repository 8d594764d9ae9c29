import EventLog
import Logging
import Postgres

/// Fetches one claimed object, and appends what it found or gives the object back.
struct FetchAttempt: Sendable {
    let queue: FetchQueue
    let transport: any FetchTransport
    let sealer: SecretSealer
    let configuration: FetchConfiguration
    let metrics: FetchMetrics
    let logger: Logger
    /// Gives numbers in 0..<1.
    let jitter: @Sendable () -> Double

    private let clock = ContinuousClock()

    init(
        queue: FetchQueue,
        transport: any FetchTransport,
        sealer: SecretSealer,
        configuration: FetchConfiguration,
        metrics: FetchMetrics,
        logger: Logger,
        jitter: @escaping @Sendable () -> Double
    ) {
        self.queue = queue
        self.transport = transport
        self.sealer = sealer
        self.configuration = configuration
        self.metrics = metrics
        self.logger = logger
        self.jitter = jitter
    }

    /// Makes the attempt; returns the position of the event that it appended, if it did.
    ///
    /// While the database is away nothing is given back: the claim runs out, and the object is fetched again.
    func make(_ claim: FetchClaim) async -> Position? {
        let start = clock.now
        do throws(FetchProblem) {
            let (object, body) = try await fetch(claim)
            metrics.record(object, elapsed: clock.now - start)
            return try await append(body, of: claim)
        } catch {
            metrics.record(error, elapsed: clock.now - start)
            await giveBack(claim, error)
            return nil
        }
    }

    private func fetch(_ claim: FetchClaim) async throws(FetchProblem) -> (PiriodObject, [UInt8]) {
        guard let access = claim.settings.fetch,
            let token = try? sealer.open(claim.sealedToken, at: .fetchToken(of: claim.source))
        else { throw FetchProblem(.sealedToken) }
        let request = PiriodObjectRequest.request(for: claim, from: access, token: token)
        let object = try PiriodObject(try await answer(to: request), entityID: claim.entityID)
        return (object, PiriodSnapshot.body(of: object, claim: claim, isTestSource: access.testMode))
    }

    /// Bounds the whole exchange, the slow arrival of a body included.
    private func answer(to request: FetchRequest) async throws(FetchProblem) -> FetchResponse {
        let outcome = await withTaskGroup(of: Result<FetchResponse, FetchProblem>?.self) { group in
            group.addTask {
                do throws(FetchProblem) {
                    return .success(try await transport.get(request))
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                try? await clock.sleep(for: configuration.requestTimeout)
                return nil
            }
            let first = await group.next()
            group.cancelAll()
            return first ?? nil
        }
        guard let outcome else { throw FetchProblem(.timeout) }
        return try outcome.get()
    }

    private func append(_ body: [UInt8], of claim: FetchClaim) async throws(FetchProblem) -> Position? {
        do throws(PostgresError) {
            return try await queue.complete(claim, body: body)
        } catch {
            logger.debug("Fetched object not appended", metadata: metadata(of: claim, error: "\(error.code)"))
            throw FetchProblem(.notAppended)
        }
    }

    private func giveBack(_ claim: FetchClaim, _ problem: FetchProblem) async {
        guard !Task.isCancelled else { return }
        logger.debug("Object not fetched", metadata: metadata(of: claim, error: problem.code.rawValue))
        let failures = claim.failures + 1
        var pause: Duration?
        if problem.isOfTheSource {
            pause = configuration.backoff.pause(failures: failures, requested: problem.retryAfter, jitter: jitter())
        }
        do throws(PostgresError) {
            try await queue.fail(
                claim,
                problem: problem.description,
                delay: configuration.backoff.delay(attempts: claim.attempts, jitter: jitter()),
                pause: pause
            )
        } catch {
            logger.debug("Object not given back", metadata: metadata(of: claim, error: "\(error.code)"))
        }
        guard problem.isOfTheSource, failures == FetchBackoff.notableFailures else { return }
        logger.warning("Objects cannot be fetched", metadata: metadata(of: claim, error: problem.code.rawValue))
    }

    private func metadata(of claim: FetchClaim, error: String) -> Logger.Metadata {
        ["source.id": "\(claim.source)", "fetch.type": "\(claim.entityType)", "fetch.problem": "\(error)"]
    }
}
