import NIOCore
import NIOPosix

/// Sends the deliveries of a run over a number of unencrypted connections, all on one event loop.
///
/// One thread does everything, so that the counts need no lock and the rest of the machine stays with the receiver.
struct PlainSender: Sendable {
    let target: SendTarget
    let connectionCount: Int
    /// Deliveries per second; `nil` is as fast as the answers come.
    let rate: Double?
    /// The clock in milliseconds since 1970.
    let milliseconds: @Sendable () -> Int64

    /// Sends every delivery and returns the counts.
    ///
    /// A connection that breaks is opened again. When the task is cancelled, what was counted by then is returned.
    ///
    /// - Throws: `unreachable` when no connection can be opened, `SignatureError` when the scheme cannot sign a body.
    func send(_ factory: DeliveryFactory) async throws -> SendTally {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let (rate, milliseconds, writer) = (rate, milliseconds, RequestWriter(target: target))
        let loop = try await eventLoop.submit {
            let loop = SendLoop(factory: factory, writer: writer, rate: rate, milliseconds: milliseconds)
            return NIOLoopBound(loop, eventLoop: eventLoop)
        }.get()
        let watch = eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
            loop.value.closeOverdue(at: .now())
        }
        defer { watch.cancel() }
        let opened = try await withTaskCancellationHandler {
            try await runConnections(loop, on: eventLoop)
        } onCancel: {
            eventLoop.execute { loop.value.stop() }
        }
        let (tally, failure) = try await eventLoop.submit { (loop.value.tally, loop.value.failure) }.get()
        if let failure { throw failure }
        guard opened > 0 || Task.isCancelled else { throw unreachable }
        return tally
    }

    /// Returns how many connections were opened.
    private func runConnections(_ loop: NIOLoopBound<SendLoop>, on eventLoop: any EventLoop) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<connectionCount {
                group.addTask { try await runConnection(loop, on: eventLoop) }
            }
            return try await group.reduce(0, +)
        }
    }

    /// Keeps one connection open for as long as there is work; gives up when it cannot be opened.
    private func runConnection(_ loop: NIOLoopBound<SendLoop>, on eventLoop: any EventLoop) async throws -> Int {
        var opened = 0
        while try await eventLoop.submit({ loop.value.hasWork }).get() {
            guard let channel = try? await connect(loop, on: eventLoop) else { return opened }
            opened += 1
            try await channel.closeFuture.get()
        }
        return opened
    }

    private func connect(_ loop: NIOLoopBound<SendLoop>, on eventLoop: any EventLoop) async throws -> any Channel {
        try await ClientBootstrap(group: eventLoop)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .connectTimeout(.seconds(5))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(SendConnection(loop: loop.value))
                }
            }
            .connect(host: target.host, port: target.port)
            .get()
    }

    private var unreachable: CommandError {
        CommandError(
            .unreachable,
            "Nothing answers at \(target.host):\(target.port). Start `hooklog serve`, or name the receiver with --url."
        )
    }
}
