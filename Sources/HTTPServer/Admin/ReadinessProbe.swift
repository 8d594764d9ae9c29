/// A question whose answer says whether this node can do one of its jobs.
package struct ReadinessProbe: Sendable {
    /// The answer to a probe.
    package enum Answer: Sendable, Hashable {
        /// The job can be done.
        case ready
        /// It cannot, for the reason given in one sentence without secrets.
        case notReady(String)
    }

    /// The name in the report, such as `database`.
    package let name: String
    /// Asks; honours cancellation, and should answer within a second.
    package let check: @Sendable () async -> Answer

    /// Creates a probe.
    package init(name: String, check: @escaping @Sendable () async -> Answer) {
        self.name = name
        self.check = check
    }
}
