import Logging

extension PostgresPool {
    /// Gets a connection for a caller: an idle one, a new one, or the next to come back.
    func lease(until deadline: ContinuousClock.Instant) async throws(PostgresError) -> PostgresConnection {
        let (request, now) = (PoolRequest(), clock.now)
        switch change({ $0.machine.lease(request, now: now) }) {
        case .grant(let grant): return try await connection(for: grant, until: deadline)
        case .wait: return try await connection(for: try await grant(for: request, until: deadline), until: deadline)
        case .refuseExhausted: throw PostgresError(.poolExhausted, nothingWasSent: true)
        case .refuseClosed: throw PostgresError(.closed, nothingWasSent: true)
        }
    }

    /// Waits for a grant until the deadline; cancellation withdraws the request.
    private func grant(
        for request: PoolRequest,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> PoolRequest.Grant {
        let answer = await withTaskGroup(of: Void.self) { group in
            group.addTask { [clock] in
                guard (try? await clock.sleep(until: deadline)) != nil else { return }
                self.abandon(request, for: .deadlineExceeded)
            }
            let answer = await withTaskCancellationHandler {
                await request.answer.value()
            } onCancel: {
                abandon(request, for: .cancelled)
            }
            group.cancelAll()
            return answer
        }
        return try answer.get()
    }

    private func abandon(_ request: PoolRequest, for code: PostgresError.Code) {
        let error: PostgresError? = change { state in
            guard state.machine.abandon(request) else { return nil }
            return code == .deadlineExceeded ? Self.timeoutError(&state) : Self.waitError(code)
        }
        if let error { request.answer.fulfil(.failure(error)) }
    }

    private func connection(
        for grant: PoolRequest.Grant,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> PostgresConnection {
        switch grant {
        case .lend(let connection): return connection
        case .check(let connection): return try await checked(connection, until: deadline)
        case .open(let notBefore): return try await openedConnection(notBefore: notBefore, until: deadline)
        }
    }

    /// Makes sure that a connection idle for long still works; replaces it otherwise.
    private func checked(
        _ connection: PostgresConnection,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> PostgresConnection {
        do throws(PostgresError) {
            guard !connection.isOnSilentHost else { throw PostgresError(.connectionLost, nothingWasSent: true) }
            try await connection.ping(deadline: min(deadline, clock.now + .seconds(2)))
            return connection
        } catch {
            await connection.close()
            let grant = change { $0.machine.exchangeForOpening() }
            return try await self.connection(for: grant, until: deadline)
        }
    }

    private func openedConnection(
        notBefore: ContinuousClock.Instant?,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> PostgresConnection {
        var notBefore = notBefore
        while true {
            if let retryAt = notBefore {
                try await backOff(to: retryAt, until: deadline)
                let now = clock.now
                let grant = change { $0.machine.resumeOpening(now: now) }
                guard case .open = grant else { return try await connection(for: grant, until: deadline) }
            }
            switch await open(until: deadline) {
            case .success(let connection): return connection
            case .failure(.retry(let retryAt)): notBefore = retryAt
            case .failure(.wait(let request)):
                return try await connection(for: try await grant(for: request, until: deadline), until: deadline)
            case .failure(.give(let error)): throw error
            }
        }
    }

    /// What the opener does after a failed attempt.
    private enum OpenFailure: Error {
        case retry(at: ContinuousClock.Instant)
        case wait(PoolRequest)
        case give(PostgresError)
    }

    private func open(until deadline: ContinuousClock.Instant) async -> Result<PostgresConnection, OpenFailure> {
        let start = clock.now
        do throws(PostgresError) {
            let connection = try await PostgresConnection.connect(
                configuration.connection,
                deadline: deadline,
                logger: logger
            )
            change { state in
                state.lastFailure = nil
                return state.machine.opened()
            }.forEach(deliver)
            return .success(connection)
        } catch {
            logger.debug("could not open a database connection", metadata: ["postgres.error": "\(error)"])
            let isHasty = deadline <= clock.now && clock.now - start < Self.patience
            return .failure(fail(with: error, isHasty: isHasty))
        }
    }

    /// An attempt that its caller's deadline ended earlier says nothing about the database.
    private static let patience = Duration.seconds(1)

    private func fail(with error: PostgresError, isHasty: Bool) -> OpenFailure {
        let (now, jitter) = (clock.now, Double.random(in: 0..<1))
        let (failure, delivery) = change { state -> (OpenFailure, Machine.Delivery?) in
            guard !isHasty, error.code != .cancelled else {
                let ended = error.code == .cancelled ? Self.waitError(.cancelled) : Self.timeoutError(&state)
                return (.give(ended), state.machine.stopOpening())
            }
            guard error.isTransientConnectFailure else {
                state.machine.noteOutage(now: now, jitter: jitter)
                return (.give(error), state.machine.stopOpening())
            }
            state.lastFailure = error
            let request = PoolRequest()
            switch state.machine.openFailed(request, now: now, jitter: jitter) {
            case .retry(let retryAt): return (.retry(at: retryAt), nil)
            case .wait: return (.wait(request), nil)
            case .fail: return (.give(error), state.machine.stopOpening())
            }
        }
        if let delivery { deliver(delivery) }
        return failure
    }

    /// Sleeps out the back-off; hands the opener's part on when the deadline or cancellation comes first.
    private func backOff(
        to retryAt: ContinuousClock.Instant,
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) {
        let slept = (try? await clock.sleep(until: min(retryAt, deadline))) != nil
        guard !slept || deadline <= retryAt else { return }
        let (error, delivery) = change { state in
            (slept ? Self.timeoutError(&state) : Self.waitError(.cancelled), state.machine.stopOpening())
        }
        if let delivery { deliver(delivery) }
        throw error
    }

    /// The error of a caller whose deadline came first: the database is away, or the pool too small.
    private static func timeoutError(_ state: inout State) -> PostgresError {
        guard state.machine.isAway else { return waitError(.deadlineExceeded) }
        return state.lastFailure ?? PostgresError(.connectionFailed, nothingWasSent: true)
    }

    private static func waitError(_ code: PostgresError.Code) -> PostgresError {
        PostgresError(
            code,
            statement: "pool",
            serverMessage: "no database connection became free",
            nothingWasSent: true
        )
    }
}

extension PostgresError {
    /// Tells whether a connection may be had by trying again a little later.
    package var isTransientConnectFailure: Bool {
        switch code {
        case .connectionFailed, .connectionLost, .outOfResources, .adminShutdown, .deadlineExceeded: true
        default: false
        }
    }
}
