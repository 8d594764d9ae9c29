import Foundation
import NIOCore
import WebhookSignatures

/// The state of a run that all its connections share; it lives on one event loop and is touched there only.
final class SendLoop {
    /// How long a receiver may take to answer.
    static let answerTimeout = TimeAmount.seconds(30)

    var tally = SendTally()
    /// Why the run could not go on, if so.
    private(set) var failure: SignatureError?
    private var factory: DeliveryFactory
    /// The time between two deliveries when a rate is given.
    private let interval: Double?
    private var start: NIODeadline?
    private var nextDue = 0
    private var connections: [ObjectIdentifier: SendConnection] = [:]
    private var isStopped = false

    init(factory: DeliveryFactory, rate: Double?) {
        self.factory = factory
        interval = rate.map { 1e9 / $0 }
    }

    /// Whether there is something left to send.
    var hasWork: Bool { !isStopped && factory.remaining > 0 }

    /// Reserves the next place in the run and returns when it is due; `nil` means now.
    func reserve() -> NIODeadline? {
        guard let interval else { return nil }
        let start = start ?? .now()
        self.start = start
        defer { nextDue += 1 }
        return start + .nanoseconds(Int64(Double(nextDue) * interval))
    }

    /// Returns the next delivery; `nil` when there are no more.
    func nextDelivery() -> Delivery? {
        guard hasWork else { return nil }
        do throws(SignatureError) {
            return try factory.next(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        } catch {
            failure = error
            stop()
            return nil
        }
    }

    /// Counts a response.
    func record(status: Int, outcome: DeliveryOutcome?, since start: NIODeadline) {
        let latency = NIODeadline.now() - start
        tally.record(status: status, outcome: outcome, microseconds: latency.nanoseconds / 1000)
    }

    func add(_ connection: SendConnection) {
        connections[ObjectIdentifier(connection)] = connection
    }

    func remove(_ connection: SendConnection) {
        connections[ObjectIdentifier(connection)] = nil
    }

    /// Sends nothing more and closes every connection.
    func stop() {
        isStopped = true
        connections.values.forEach { $0.close() }
    }

    /// Closes the connections whose receiver does not answer in time.
    func closeOverdue(at now: NIODeadline) {
        connections.values.forEach { $0.closeIfOverdue(at: now) }
    }
}
