import NIOCore
import NIOPosix
import NIOSSL

/// The connections of a run, all on one event loop.
///
/// One thread does everything, so that the counts need no lock and the rest of the machine stays with the receiver.
extension SendPlan {
    /// Sends every delivery and returns the counts.
    ///
    /// A connection that breaks is opened again. When the task is cancelled, what was counted by then is returned.
    ///
    /// - Throws: `unreachable` when no connection can be opened, `SignatureError` when the scheme cannot sign a body.
    func send(_ factory: DeliveryFactory) async throws -> SendTally {
        let eventLoop = MultiThreadedEventLoopGroup.singleton.next()
        let encryption = target.isSecure ? try NIOSSLContext(configuration: .makeClientConfiguration()) : nil
        let loop = try await eventLoop.submit { [rate] in
            let loop = SendLoop(factory: factory, rate: rate)
            return NIOLoopBound(loop, eventLoop: eventLoop)
        }.get()
        let watch = eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
            loop.value.closeOverdue(at: .now())
        }
        defer { watch.cancel() }
        let opened = try await withTaskCancellationHandler {
            try await runConnections(loop, on: eventLoop, encryption)
        } onCancel: {
            eventLoop.execute { loop.value.stop() }
        }
        let (tally, failure) = try await eventLoop.submit { (loop.value.tally, loop.value.failure) }.get()
        if let failure { throw failure }
        guard opened > 0 || Task.isCancelled else { throw unreachable }
        return tally
    }

    /// Returns how many connections were opened.
    private func runConnections(
        _ loop: NIOLoopBound<SendLoop>,
        on eventLoop: any EventLoop,
        _ encryption: NIOSSLContext?
    ) async throws -> Int {
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<connectionCount {
                group.addTask { try await runConnection(loop, on: eventLoop, encryption) }
            }
            return try await group.reduce(0, +)
        }
    }

    /// Keeps one connection open for as long as there is work; gives up when it cannot be opened.
    private func runConnection(
        _ loop: NIOLoopBound<SendLoop>,
        on eventLoop: any EventLoop,
        _ encryption: NIOSSLContext?
    ) async throws -> Int {
        var opened = 0
        while try await eventLoop.submit({ loop.value.hasWork }).get() {
            guard let channel = try? await connect(loop, on: eventLoop, encryption) else { return opened }
            opened += 1
            try await channel.closeFuture.get()
        }
        return opened
    }

    private func connect(
        _ loop: NIOLoopBound<SendLoop>,
        on eventLoop: any EventLoop,
        _ encryption: NIOSSLContext?
    ) async throws -> any Channel {
        let isReady = eventLoop.makePromise(of: Void.self)
        do {
            let channel = try await ClientBootstrap(group: eventLoop)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connectTimeout(SendConnection.openingTimeout)
                .channelInitializer { [target] channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        if let encryption { try pipeline.addHandler(target.encryptor(encryption)) }
                        try pipeline.addHTTPClientHandlers()
                        try pipeline.addHandler(SendConnection(loop: loop.value, target: target, isReady: isReady))
                    }
                }
                .connect(host: target.host, port: target.port)
                .get()
            try await isReady.futureResult.get()
            return channel
        } catch {
            isReady.fail(error)
            throw error
        }
    }

    private var unreachable: CommandError {
        let place = "\(target.host):\(target.port)"
        return CommandError(
            .unreachable,
            target.isSecure
                ? "No encrypted connection to \(place) can be opened. Name the receiver with --url; it must be up and have"
                    + " a certificate that this machine trusts."
                : "Nothing answers at \(place). Start `hooklog serve`, or name the receiver with --url."
        )
    }
}

extension SendTarget {
    /// What encrypts one connection; an address of numbers is no name to ask for.
    fileprivate func encryptor(_ context: NIOSSLContext) throws -> NIOSSLClientHandler {
        let isAddress = (try? SocketAddress(ipAddress: host, port: port)) != nil
        return try NIOSSLClientHandler(context: context, serverHostname: isAddress ? nil : host)
    }
}
