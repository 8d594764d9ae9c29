import CLibpq

/// A libpq connection in non-blocking mode, and the waiting that goes with it.
///
/// Not `Sendable`: a ``PostgresConnection`` owns it and uses it from its thread only.
///
///     begin(deadline) ─▶ send … ─▶ wait ◀─▶ read ─▶ end
///                                   │ deadline or cancellation
///                                   ▼
///                         PQcancel, then read on; past the grace period the connection is given up
final class LibpqSession {
    /// The call of a pipeline whose answer is being read.
    private struct Head {
        let deadline: ContinuousClock.Instant
        var isCancelled = false
    }

    /// A cancellation that the server has yet to obey.
    private struct Cancellation {
        let giveUpAt: ContinuousClock.Instant
        var repeatAt: ContinuousClock.Instant
    }

    /// A request that arrives between two statements is lost, so it is repeated.
    private static let cancelInterval = Duration.milliseconds(100)

    let handle: OpaquePointer
    let wakeup: Wakeup
    let notices: NoticeCollector
    var statements: StatementCache
    /// The host that the session is on.
    var host = ServerHost()
    /// True once the server was given up because it said nothing.
    var isSilent = false
    /// True once the connection cannot be used any more.
    var isBroken = false
    /// Why a call is being cut short: `cancelled` or `deadlineExceeded`.
    private(set) var interruption: PostgresError.Code?

    private let grace: Duration
    private var deadline: ContinuousClock.Instant?
    private var observesCancellation = true
    private var head: Head?
    private var cancellation: Cancellation?
    private var cancelRequests: [BlockingCall<Void>] = []

    init(handle: OpaquePointer, notices: NoticeCollector, wakeup: Wakeup, configuration: PostgresConfiguration) {
        self.handle = handle
        self.notices = notices
        self.wakeup = wakeup
        grace = configuration.cancellationGrace
        statements = StatementCache(limit: configuration.preparedStatementLimit)
    }

    deinit {
        PQfinish(handle)
    }

    /// Tells whether the session is between transactions and calls.
    var isIdle: Bool { !isBroken && PQtransactionStatus(handle) == PQTRANS_IDLE }

    /// Tells whether the server says that it is a standby.
    var isOnStandby: Bool { PQparameterStatus(handle, "in_hot_standby").map { String(cString: $0) } == "on" }

    /// Starts a call; throws when it has no time, is cancelled already, or the server closed the connection.
    func begin(
        until deadline: ContinuousClock.Instant?,
        observingCancellation observes: Bool,
        statement: String?
    ) throws(PostgresError) {
        interruption = nil
        cancellation = nil
        self.deadline = deadline
        observesCancellation = observes
        wakeup.reset()
        _ = notices.take()
        if observes, Task.isCancelled {
            throw PostgresError(.cancelled, statement: statement, nothingWasSent: true)
        }
        if let deadline, deadline <= .now {
            throw PostgresError(.deadlineExceeded, statement: statement, nothingWasSent: true)
        }
        try checkServerIsThere(statement: statement)
    }

    /// Ends a call: a cancel request under way must arrive before the next statement is sent.
    func end() {
        if PQstatus(handle) == CONNECTION_BAD { isBroken = true }
        settleCancelRequests()
    }

    /// Waits until the server has received every cancel request, up to the grace period.
    func settleCancelRequests() {
        let giveUp = ContinuousClock.now + grace
        while !cancelRequests.allSatisfy({ $0.outcome != nil }), !isBroken {
            if case .deadlinePassed = SocketWait.wait(on: -1, events: 0, wakeup: wakeup, until: giveUp) {
                isBroken = true
            }
        }
        cancelRequests = []
    }

    /// Waits for the socket; on the deadline or cancellation asks the server to stop, then waits on for its answer.
    ///
    /// Throws only when the server does not obey within the grace period; the connection is broken then.
    func wait(for events: Int32, statement: String?) throws(PostgresError) {
        while true {
            if observesCancellation, interruption == nil, Task.isCancelled { interrupt(.cancelled) }
            switch SocketWait.wait(on: PQsocket(handle), events: Int16(events), wakeup: wakeup, until: nextLimit) {
            case .ready: return
            case .woken: continue
            case .deadlinePassed:
                guard !cancelOverdueWork() else { continue }
                isBroken = true
                isSilent = true
                throw interruptionError(statement: statement)
            }
        }
    }

    /// Asks the server to cancel; from here on the deadline is the grace period's end.
    func interrupt(_ reason: PostgresError.Code) {
        guard interruption == nil else { return }
        interruption = reason
        beginCancellation()
    }

    /// Begins to read the answer of a pipelined call, whose own deadline counts beside the batch's; the last was read
    /// when there is none.
    func beginHead(until deadline: ContinuousClock.Instant?) {
        head = deadline.map { Head(deadline: $0) }
        if interruption == nil { cancellation = nil }
    }

    /// Tells whether a cancellation by the server is the answer to a request of ours for the current call.
    var hasCancelledCurrentCall: Bool { interruption != nil || head?.isCancelled == true }

    /// Tells whether a request meant for one pipelined call may have hit another.
    var mayHaveCancelledOtherCalls: Bool { !cancelRequests.isEmpty }

    private var nextLimit: ContinuousClock.Instant? {
        if let cancellation { return min(cancellation.repeatAt, cancellation.giveUpAt) }
        guard let head else { return deadline }
        return min(head.deadline, deadline ?? head.deadline)
    }

    /// Cancels what is out of time, again if need be; returns false when the grace period is over.
    private func cancelOverdueWork() -> Bool {
        if let cancellation {
            guard cancellation.giveUpAt > .now else { return false }
            sendCancelRequest()
        } else if let deadline, deadline <= .now {
            interrupt(.deadlineExceeded)
        } else {
            head?.isCancelled = true
            beginCancellation()
        }
        return true
    }

    private func beginCancellation() {
        cancellation = Cancellation(giveUpAt: .now + grace, repeatAt: .now)
        sendCancelRequest()
    }

    /// Sends a request unless the one before is still on its way.
    ///
    /// `PQcancel` blocks while it connects. The connection must not be used again before the request is done: a late one
    /// would hit the next statement.
    private func sendCancelRequest() {
        cancellation?.repeatAt = .now + Self.cancelInterval
        guard cancelRequests.allSatisfy({ $0.outcome != nil }), let cancel = PQgetCancel(handle) else { return }
        let address = UInt(bitPattern: cancel)
        let request = BlockingCall<Void>(signalling: wakeup) {
            let cancel = OpaquePointer(bitPattern: address)
            var message = [CChar](repeating: 0, count: 256)
            _ = PQcancel(cancel, &message, Int32(message.count))
            PQfreeCancel(cancel)
        }
        cancelRequests.append(request)
    }

    /// The error for a call that was cut short.
    func interruptionError(statement: String?) -> PostgresError {
        PostgresError(interruption ?? .deadlineExceeded, statement: statement)
    }

    /// The error for a connection that broke, with libpq's words.
    func lostError(statement: String?, nothingWasSent: Bool = false) -> PostgresError {
        isBroken = true
        return PostgresError(
            .connectionLost,
            statement: statement,
            serverMessage: String(cString: PQerrorMessage(handle)),
            nothingWasSent: nothingWasSent
        )
    }

    /// Reads what is there already, and so notices a connection that the server closed.
    private func checkServerIsThere(statement: String?) throws(PostgresError) {
        while true {
            let wait = SocketWait.wait(on: PQsocket(handle), events: Int16(POLLIN), wakeup: wakeup, until: .now)
            switch wait {
            case .deadlinePassed: return
            case .woken: continue
            case .ready:
                guard PQconsumeInput(handle) == 1 else {
                    throw lostError(statement: statement, nothingWasSent: true)
                }
            }
        }
    }
}
