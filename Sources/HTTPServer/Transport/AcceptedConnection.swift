import HummingbirdCore
import Locking
import NIOCore

/// A connection that was accepted and waits for being served.
///
/// A listener that is stopped drops those that wait. NIO stops the process where one is dropped that nobody closed
/// (https://github.com/apple/swift-nio/issues/2813), so this one closes itself.
final class AcceptedConnection: ServerChildChannelValue {
    let channel: any Channel
    private let waiting: Locked<HTTP1Channel.Value?>

    init(_ connection: HTTP1Channel.Value) {
        channel = connection.channel
        waiting = Locked(connection)
    }

    deinit {
        guard let connection = take() else { return }
        Task { try? await connection.executeThenClose { _, _ in } }
    }

    /// Hands over the connection to who serves it; nil when somebody has it already.
    func take() -> HTTP1Channel.Value? {
        waiting.withLock { $0.take() }
    }
}
