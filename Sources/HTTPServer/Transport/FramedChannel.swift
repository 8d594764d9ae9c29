import HummingbirdCore
import Logging
import NIOCore
import NIOHTTPTypesHTTP1

/// An HTTP/1 connection whose framing is watched beneath the codec's translation.
///
/// It reads once a turn, so that who sends much keeps nobody waiting, and so that a connection keeps one buffer as long as it
/// is open, not one for each read of a turn.
struct FramedChannel: ServerChildChannel {
    private static let readByteCount = 64 * 1024

    let base: HTTP1Channel
    let limits: ConnectionLimits

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<AcceptedConnection> {
        base.setup(channel: channel, logger: logger)
            .map { AcceptedConnection($0) }
            .flatMapThrowing { accepted in
                try channel.syncOptions?.setOption(.maxMessagesPerRead, value: 1)
                try channel.syncOptions?.setOption(
                    .recvAllocator,
                    value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 2048, maximum: Self.readByteCount)
                )
                let pipeline = channel.pipeline.syncOperations
                let framing = FramingHandler(headLimit: limits.headByteCount)
                let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
                let connection = try pipeline.handler(type: ConnectionHandler.self)
                try pipeline.addHandler(framing, position: .before(codec))
                try pipeline.addHandler(IntakeHandler(framing: framing, connection: connection), position: .first)
                return accepted
            }
    }

    func handle(value accepted: AcceptedConnection, logger: Logger) async {
        if let connection = accepted.take() { await base.handle(value: connection, logger: logger) }
    }
}
