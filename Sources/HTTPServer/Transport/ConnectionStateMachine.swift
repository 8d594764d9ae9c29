import NIOCore

/// Decides what happens on one connection, one exchange of request and answer at a time.
///
///     waiting ──head──▶ exchange ──answer ends, request complete──▶ waiting
///        │                 │
///        │                 └─answer ends first, or must close──▶ closing ──cut──▶ closed
///        └─refused─────────────────────────────────────────────────▲
///
/// A deadline holds in every state. What arrives for the next request while the answer is still being made is held
/// back, and reading stops meanwhile. After an answer that came before the request's end nothing more reaches the
/// application: a few bytes are dropped, the output is closed, and the connection is cut within a second.
struct ConnectionStateMachine: ~Copyable {
    /// What a head says about its connection.
    struct Head: Hashable {
        var hasOneHost = true
        var expectsContinue = false
        var closes = false
    }

    private struct Exchange {
        var isRequestComplete = false
        var isResponseStarted = false
        /// What follows the request cannot be used; the answer in hand is the connection's last.
        var isCut = false
        var awaitsContinue: Bool
        var closesAfterResponse: Bool
        let startedAt: NIODeadline
        var lastProgressAt: NIODeadline
    }

    private struct Closing {
        var isRequestComplete: Bool
        var isFlushed = false
        var droppedByteCount = 0
        var cutAt: NIODeadline
    }

    private struct Waiting {
        var until: NIODeadline
        var isExtended = false
    }

    private enum State {
        case waiting(Waiting)
        case exchange(Exchange)
        case closing(Closing)
        case closed
    }

    private let limits: ConnectionLimits
    private var state: State

    init(limits: ConnectionLimits, now: NIODeadline) {
        self.limits = limits
        state = .waiting(Waiting(until: now.advanced(by: limits.headDeadline)))
    }
}

// MARK: What arrives

extension ConnectionStateMachine {
    enum InboundAction: Equatable {
        /// Hand it to the application.
        case forward
        /// Keep it until the answer in hand has ended.
        case hold
        /// Drop it.
        case discard
        /// Answer the refusal, then report ``flushed(now:)``.
        case refuse(RequestRefusal)
        /// Drop it and close the connection.
        case close
    }

    mutating func receiveHead(_ head: Head, now: NIODeadline) -> InboundAction {
        switch state {
        case .waiting:
            guard head.hasOneHost else {
                beginClosing(isRequestComplete: false, now: now)
                return .refuse(.host)
            }
            state = .exchange(
                Exchange(
                    awaitsContinue: head.expectsContinue,
                    closesAfterResponse: head.closes,
                    startedAt: now,
                    lastProgressAt: now
                )
            )
            return .forward
        case .exchange(let exchange): return exchange.isCut ? .discard : .hold
        case .closing, .closed: return .discard
        }
    }

    mutating func receiveBody(byteCount: Int, now: NIODeadline) -> InboundAction {
        switch state {
        case .waiting, .closed: return .discard
        case .exchange(var exchange):
            guard !exchange.isRequestComplete else { return exchange.isCut ? .discard : .hold }
            exchange.awaitsContinue = false
            exchange.lastProgressAt = now
            state = .exchange(exchange)
            return .forward
        case .closing:
            drop(byteCount: byteCount)
            return .discard
        }
    }

    mutating func receiveEnd(now: NIODeadline) -> InboundAction {
        switch state {
        case .waiting, .closed: return .discard
        case .exchange(var exchange):
            guard !exchange.isRequestComplete else { return exchange.isCut ? .discard : .hold }
            exchange.isRequestComplete = true
            exchange.lastProgressAt = now
            state = .exchange(exchange)
            return .forward
        case .closing(var closing):
            closing.isRequestComplete = true
            guard closing.isFlushed else {
                state = .closing(closing)
                return .discard
            }
            state = .closed
            return .close
        }
    }

    enum FailureAction: Equatable {
        /// Answer the refusal, then report ``flushed(now:)``; tell the application when it holds the request.
        case refuse(RequestRefusal, tellsApplication: Bool)
        /// Close the connection.
        case close
        /// Go on.
        case ignore
    }

    /// The bytes received cannot be understood, or not be kept; no more will be read.
    mutating func receiveFailure(_ refusal: RequestRefusal, now: NIODeadline) -> FailureAction {
        switch state {
        case .waiting:
            // Who must make room gives back what its head takes as soon as it is told.
            beginClosing(isRequestComplete: refusal == .bodiesFull, now: now)
            return .refuse(refusal, tellsApplication: false)
        case .exchange(var exchange):
            guard exchange.isRequestComplete else { return refuse(refusal, exchange, now: now) }
            exchange.closesAfterResponse = true
            exchange.isCut = true
            state = .exchange(exchange)
            return .ignore
        case .closing, .closed: return .ignore
        }
    }

    /// The client sends no more; returns whether to close the connection.
    mutating func receiveInputClosed() -> Bool {
        guard case .closing(let closing) = state, closing.isFlushed else { return false }
        state = .closed
        return true
    }

    /// What is to be done with bytes that come, and with the parts that are made of them.
    enum Intake: Equatable {
        /// Make parts of them.
        case parse
        /// Keep them until the answer in hand has ended.
        case hold
        /// Drop them, and say how many.
        case drop
    }

    /// What is to be done with bytes that come now.
    var intake: Intake {
        switch state {
        case .waiting: .parse
        case .exchange(let exchange) where exchange.isCut: .drop
        case .exchange(let exchange): exchange.isRequestComplete ? .hold : .parse
        case .closing, .closed: .drop
        }
    }

    /// Some bytes were dropped unread.
    mutating func drop(byteCount: Int) {
        guard case .closing(var closing) = state else { return }
        closing.droppedByteCount += byteCount
        state = .closing(closing)
    }

    /// Whether more may be read from the client.
    var allowsRead: Bool {
        guard case .closing(let closing) = state else { return intake != .drop }
        return closing.droppedByteCount < limits.lingerByteCount
    }
}

// MARK: What is answered

extension ConnectionStateMachine {
    enum HeadAction: Equatable {
        /// Write it; with `Connection: close` when the connection ends after it.
        case write(closes: Bool)
        /// Drop it: the connection has answered already.
        case discard
    }

    enum EndAction: Equatable {
        /// Write it, then go on with what was held back.
        case writeThenResume
        /// Write it, then report ``flushed(now:)``.
        case writeThenClose
        /// Drop it.
        case discard
    }

    /// The application wants the body; returns whether to write `100 Continue`.
    mutating func demandBody() -> Bool {
        guard case .exchange(var exchange) = state, exchange.awaitsContinue, !exchange.isResponseStarted else {
            return false
        }
        exchange.awaitsContinue = false
        state = .exchange(exchange)
        return true
    }

    mutating func writeHead(now: NIODeadline) -> HeadAction {
        guard case .exchange(var exchange) = state else { return .discard }
        exchange.isResponseStarted = true
        exchange.lastProgressAt = now
        exchange.closesAfterResponse = exchange.closesAfterResponse || !exchange.isRequestComplete
        state = .exchange(exchange)
        return .write(closes: exchange.closesAfterResponse)
    }

    /// Returns whether to write a part of the answer's body.
    mutating func writeBody(now: NIODeadline) -> Bool {
        guard case .exchange(var exchange) = state else { return false }
        exchange.lastProgressAt = now
        state = .exchange(exchange)
        return true
    }

    mutating func writeEnd(now: NIODeadline) -> EndAction {
        guard case .exchange(let exchange) = state else { return .discard }
        guard exchange.closesAfterResponse || !exchange.isRequestComplete else {
            state = .waiting(Waiting(until: now.advanced(by: limits.headDeadline)))
            return .writeThenResume
        }
        beginClosing(isRequestComplete: exchange.isRequestComplete, now: now)
        return .writeThenClose
    }

    enum FlushedAction: Equatable {
        /// Close the connection: the client has sent all of its request.
        case close
        /// Close the output only, so that a client that still sends can read the answer.
        case closeOutput
        case ignore
    }

    /// The last answer has been handed to the network.
    mutating func flushed(now: NIODeadline) -> FlushedAction {
        guard case .closing(var closing) = state else { return .ignore }
        guard !closing.isRequestComplete else {
            state = .closed
            return .close
        }
        closing.isFlushed = true
        closing.cutAt = min(closing.cutAt, now.advanced(by: limits.lingerDeadline))
        state = .closing(closing)
        return .closeOutput
    }

    /// The application closes its output; returns false when that has been done already.
    mutating func closeOutput(now: NIODeadline) -> Bool {
        switch state {
        case .waiting:
            beginClosing(isRequestComplete: true, isFlushed: true, now: now)
            return true
        case .exchange(let exchange):
            beginClosing(isRequestComplete: exchange.isRequestComplete, isFlushed: true, now: now)
            return true
        case .closing, .closed: return false
        }
    }

    mutating func close() {
        state = .closed
    }
}

// MARK: Deadlines

extension ConnectionStateMachine {
    /// When something must have happened, or nil when the connection is closed.
    var deadline: NIODeadline? {
        switch state {
        case .waiting(let waiting): waiting.until
        case .exchange(let exchange): deadline(of: exchange)
        case .closing(let closing): closing.cutAt
        case .closed: nil
        }
    }

    /// Nothing is to be done when ``deadline`` has moved, or moves now: come back then.
    ///
    /// - Parameter isWritable: Whether the network takes more; if not, the client may still be reading an answer.
    mutating func deadlinePassed(now: NIODeadline, isWritable: Bool) -> FailureAction {
        guard let deadline, deadline <= now else { return .ignore }
        switch state {
        case .waiting(let waiting) where !isWritable && !waiting.isExtended:
            state = .waiting(Waiting(until: now.advanced(by: limits.responseDeadline), isExtended: true))
            return .ignore
        case .exchange(let exchange) where !exchange.isRequestComplete:
            return refuse(.bodyDeadline, exchange, now: now)
        case .waiting, .exchange, .closing, .closed:
            state = .closed
            return .close
        }
    }

    private func deadline(of exchange: Exchange) -> NIODeadline {
        guard !exchange.isRequestComplete else {
            return exchange.lastProgressAt.advanced(by: limits.responseDeadline)
        }
        return min(
            exchange.lastProgressAt.advanced(by: limits.bodyIdleDeadline),
            exchange.startedAt.advanced(by: limits.bodyDeadline)
        )
    }

    private mutating func refuse(
        _ refusal: RequestRefusal,
        _ exchange: Exchange,
        now: NIODeadline
    ) -> FailureAction {
        guard !exchange.isResponseStarted else {
            state = .closed
            return .close
        }
        beginClosing(isRequestComplete: false, now: now)
        return .refuse(refusal, tellsApplication: true)
    }

    private mutating func beginClosing(isRequestComplete: Bool, isFlushed: Bool = false, now: NIODeadline) {
        // A long answer to a complete request may still be on its way; an early one is short and must end soon.
        let waitsForFlush = isRequestComplete && !isFlushed
        let limit = waitsForFlush ? limits.responseDeadline : limits.lingerDeadline
        state = .closing(
            Closing(isRequestComplete: isRequestComplete, isFlushed: isFlushed, cutAt: now.advanced(by: limit))
        )
    }
}
