/// One run: where to send, over how many connections, how fast.
struct SendPlan: Sendable {
    let target: SendTarget
    let connectionCount: Int
    /// Deliveries per second; `nil` is as fast as the answers come.
    let rate: Double?

    /// Sends the factory's deliveries and sums up.
    ///
    /// - Throws: `unreachable`, or `SignatureError` when a body cannot be signed.
    func run(_ factory: DeliveryFactory) async throws -> SendReport {
        let start = ContinuousClock.now
        let tally = try await SendRun(self, factory).run()
        return SendReport(tally, requested: factory.remaining, elapsed: ContinuousClock.now - start)
    }
}
