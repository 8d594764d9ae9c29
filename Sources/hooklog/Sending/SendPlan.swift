import Glibc

/// One run: where to send, over how many connections, how fast.
struct SendPlan: Sendable {
    let target: SendTarget
    let connectionCount: Int
    /// Deliveries per second; `nil` is as fast as the answers come.
    let rate: Double?

    /// Sends the factory's deliveries and sums up.
    ///
    /// - Throws: `unreachable`, or `SignatureError` when a body cannot be signed.
    func run(_ factory: DeliveryFactory, count: Int) async throws -> SendReport {
        let clock = ContinuousClock()
        let start = clock.now
        let tally = try await send(factory)
        return SendReport(tally, requested: count, elapsed: clock.now - start)
    }

    /// The clock in milliseconds since 1970.
    @Sendable static func milliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
