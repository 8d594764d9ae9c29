import EventLog
import Logging
import Postgres

/// Fetches one claimed object, and appends what it found or gives the object back.
struct FetchAttempt: Sendable {
    let queue: FetchQueue
    let transport: any FetchTransport
    let sealer: SecretSealer
    let apis: [ConnectorName: any ObjectAPI]
    let configuration: FetchConfiguration
    let metrics: FetchMetrics
    let logger: Logger
    /// Gives numbers in 0..<1.
    let jitter: @Sendable () -> Double

    private let clock = ContinuousClock()
    /// The waits between attempts to append what was fetched.
    private static let firstDelay = Duration.milliseconds(100)
    private static let longestDelay = Duration.seconds(2)

    /// What became of an attempt.
    enum Outcome: Sendable {
        /// The object's event is in the log.
        case appended
        /// Nothing was appended; the object is tried again, by this process or another.
        case nothing
        /// This process cannot open the source's token; others may.
        case tokenIsSealed
    }

    /// Makes the attempt.
    ///
    /// While the database is away what was fetched is kept as long as the claim lasts; then the object is given back, or its
    /// claim runs out, and it is fetched again.
    func make(_ claim: FetchClaim) async -> Outcome {
        let start = clock.now
        do throws(FetchProblem) {
            let (object, event) = try await fetch(claim)
            metrics.record(object, elapsed: clock.now - start)
            return try await append(event, of: claim, until: start + configuration.lease)
        } catch {
            metrics.record(error, elapsed: clock.now - start)
            await giveBack(claim, error)
            return error.code == .sealedToken ? .tokenIsSealed : .nothing
        }
    }

    private func fetch(_ claim: FetchClaim) async throws(FetchProblem) -> (FetchedObject, FetchedEvent) {
        guard let api = apis[claim.connector], let access = claim.settings.fetch, let origin = access.origin,
            let token = try? sealer.open(claim.sealedToken, at: .fetchToken(of: claim.source, at: origin))
        else { throw FetchProblem(.sealedToken) }
        let request = api.request(for: claim, from: access, token: token)
        let answer = try await transport.get(request, within: configuration.requestTimeout)
        let object = try api.object(in: answer, of: claim, from: access)
        let absence = FetchProblem(.notThere, status: answer.status)
        guard object != .absent || claim.problem == absence.description else { throw absence }
        return (object, FetchedEvent(api.event(of: object, claim, from: access), api.sender))
    }

    private func append(
        _ event: FetchedEvent,
        of claim: FetchClaim,
        until deadline: ContinuousClock.Instant
    ) async throws(FetchProblem) -> Outcome {
        var delay = Self.firstDelay
        while true {
            do throws(PostgresError) {
                guard let receipt = try await queue.complete(claim, event) else { return .nothing }
                if receipt.isUnparsed {
                    metrics.recordUnparsed()
                    let metadata = metadata(of: claim, error: "unparsed")
                    logger.warning("Fetched object is in the log but in no table", metadata: metadata)
                }
                return .appended
            } catch {
                logger.debug("Fetched object not appended", metadata: metadata(of: claim, error: "\(error.code)"))
                guard error.mayPass, clock.now + delay < deadline,
                    (try? await clock.sleep(for: delay)) != nil
                else { throw FetchProblem(.notAppended) }
            }
            delay = min(delay * 2, Self.longestDelay)
        }
    }

    private func giveBack(_ claim: FetchClaim, _ problem: FetchProblem) async {
        guard !Task.isCancelled else { return }
        logger.debug("Object not fetched", metadata: metadata(of: claim, error: problem.code.rawValue))
        let blame = blame(for: problem, of: claim)
        var delay = Duration.zero
        if problem.code != .sealedToken {
            let isOwn = if case .object = blame { problem.code != .notAppended } else { false }
            let attempts = problem.code == .notThere ? 1 : claim.attempts
            delay = configuration.backoff.delay(attempts: attempts, isOwn: isOwn, jitter: jitter())
        }
        do throws(PostgresError) {
            let failures = try await queue.fail(claim, problem: problem.description, delay: delay, blame: blame)
            guard failures == FetchBackoff.notableFailures else { return }
            logger.warning("Objects cannot be fetched", metadata: metadata(of: claim, error: problem.code.rawValue))
        } catch {
            logger.debug("Object not given back", metadata: metadata(of: claim, error: "\(error.code)"))
        }
    }

    private func blame(for problem: FetchProblem, of claim: FetchClaim) -> FetchBlame {
        guard problem.isOfTheSource else { return .object(isAPIWell: problem.code != .notTheObject) }
        guard problem.code != .sealedToken else { return .object(isAPIWell: false) }
        if problem.mayBeOfTheObject, claim.failures == 0, claim.attempts > FetchBackoff.chances {
            return .object(isAPIWell: false)
        }
        let failures = claim.failures + 1
        return .api(
            pause: configuration.backoff.pause(failures: failures, requested: problem.retryAfter, jitter: jitter())
        )
    }

    private func metadata(of claim: FetchClaim, error: String) -> Logger.Metadata {
        ["source.id": "\(claim.source)", "fetch.type": "\(claim.entityType)", "fetch.problem": "\(error)"]
    }
}

extension PostgresError {
    /// Whether the same statement may succeed a moment later; repeating one that took effect does no harm.
    fileprivate var mayPass: Bool {
        code.kind == .passing && code != .closed || code == .outOfResources || code == .readOnly
    }
}
