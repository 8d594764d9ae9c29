import NIOCore

/// One connection to the receiver: sends a request, waits for its response, sends the next.
final class SendConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let loop: SendLoop
    private var parser = ResponseParser()
    private var channel: (any Channel)?
    /// When the request in flight was sent, or was due.
    private var waitingSince: NIODeadline?
    /// When the request in flight was sent.
    private var sentAt: NIODeadline?

    init(loop: SendLoop) {
        self.loop = loop
    }

    func channelActive(context: ChannelHandlerContext) {
        channel = context.channel
        loop.add(self)
        scheduleNext(context)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        parser.append(&bytes)
        do {
            while let response = try parser.next() {
                guard let start = waitingSince else { return context.close(promise: nil) }
                waitingSince = nil
                loop.record(response, since: start)
                guard response.keepsAlive else { return context.close(promise: nil) }
                scheduleNext(context)
            }
        } catch {
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if waitingSince != nil { loop.recordUnanswered() }
        waitingSince = nil
        loop.remove(self)
        channel = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // A broken connection is counted when it becomes inactive.
        context.close(promise: nil)
    }

    func close() {
        channel?.close(promise: nil)
    }

    func closeIfOverdue(at now: NIODeadline) {
        guard waitingSince != nil, let sentAt, now - sentAt > SendLoop.answerTimeout else { return }
        close()
    }

    private func scheduleNext(_ context: ChannelHandlerContext) {
        guard loop.hasWork else { return context.close(promise: nil) }
        guard let due = loop.reserve(), due > .now() else { return send(context, due: nil) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(deadline: due) {
            let (connection, context) = bound.value
            guard context.channel.isActive else { return }
            connection.send(context, due: due)
        }
    }

    private func send(_ context: ChannelHandlerContext, due: NIODeadline?) {
        guard let request = loop.nextRequest(allocator: context.channel.allocator) else {
            return context.close(promise: nil)
        }
        let now = NIODeadline.now()
        sentAt = now
        waitingSince = due ?? now
        context.writeAndFlush(wrapOutboundOut(request), promise: nil)
    }
}
