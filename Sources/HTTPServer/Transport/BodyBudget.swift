import CoreMetrics
import Locking
import NIOCore

/// The memory that requests may take, their heads and bodies, for all listeners of the process together.
///
/// Bytes are counted from when they arrive until the request is answered, so those that wait to be appended count too.
/// When they do not fit, the body that has held the most for the longest is refused with 503; one that is small always
/// finds room while others are larger or older. Every part costs a little besides its bytes, so that a body in
/// many tiny chunks is no way around it.
package final class BodyBudget: Sendable {
    /// The default: 64 MiB.
    package static let defaultByteCount = 64 << 20
    /// The least that leaves room for a body of the greatest size that a source may allow, 25 MiB.
    package static let minimumByteCount = 40 << 20
    /// What a part of a body, or a field of a head, costs besides its bytes.
    static let partByteCount = 128
    /// What a head costs besides its fields.
    static let headByteCount = 512

    /// A connection, told from others by its channel.
    private struct Connection: Hashable, Sendable {
        let channel: any Channel

        static func == (left: Connection, right: Connection) -> Bool { left.channel === right.channel }

        func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(channel)) }
    }

    private let state: Locked<BodyBudgetStateMachine<Connection>>
    private let bytes: Meter
    private let refusals: Counter

    /// Creates a budget that nobody has taken anything of.
    package init(
        byteCount: Int = defaultByteCount,
        metricsFactory: any MetricsFactory = MetricsSystem.factory
    ) {
        state = Locked(BodyBudgetStateMachine(byteCount: byteCount))
        bytes = Meter(label: "hooklog.http.body.bytes", dimensions: [], factory: metricsFactory)
        refusals = Counter(label: "hooklog.http.body.refusals", dimensions: [], factory: metricsFactory)
    }

    /// The bytes that are counted now.
    package var byteCount: Int { state.withLock { $0.byteCount } }

    /// Counts bytes that arrived; returns false when they must be dropped and their request refused.
    ///
    /// Another connection may be sent a ``BodyEviction`` to make room.
    func take(_ count: Int, by channel: any Channel, now: NIODeadline) -> Bool {
        switch state.withLock({ $0.take(count, by: Connection(channel: channel), now: now) }) {
        case .take(let leaver):
            bytes.increment(by: Double(count))
            if let leaver {
                leaver.channel.pipeline.fireUserInboundEventTriggered(BodyEviction())
            }
            return true
        case .refuse:
            return false
        }
    }

    /// A request was refused for want of room.
    func countRefusal() {
        refusals.increment()
    }

    /// Whether a connection that was sent a ``BodyEviction`` still stands in the way of others.
    func isLeaving(_ channel: any Channel) -> Bool {
        state.withLock { $0.isLeaving(Connection(channel: channel)) }
    }

    /// The request on a connection is complete: it is answered, whoever else comes.
    func arrived(_ channel: any Channel) {
        state.withLock { $0.arrived(Connection(channel: channel)) }
    }

    /// Gives bytes back.
    func give(_ count: Int, by channel: any Channel) {
        settle { $0.give(count, by: Connection(channel: channel)) }
    }

    /// Gives everything back, or has it given back once the application is done with it.
    func closed(_ channel: any Channel) {
        settle { $0.closed(Connection(channel: channel)) }
    }

    /// Runs what answers a request; what the connection has taken is counted at least until then.
    func whileInUse<Value>(by channel: any Channel, _ body: () async throws -> Value) async rethrows -> Value {
        state.withLock { $0.began(Connection(channel: channel)) }
        defer { settle { $0.ended(Connection(channel: channel)) } }
        return try await body()
    }

    private func settle(_ change: (inout BodyBudgetStateMachine<Connection>) -> Void) {
        let given = state.withLock { state in
            let before = state.byteCount
            change(&state)
            return before - state.byteCount
        }
        if given > 0 { bytes.decrement(by: Double(given)) }
    }
}

/// The event by which a connection learns that its request's body must make room for others.
struct BodyEviction: Sendable {}
