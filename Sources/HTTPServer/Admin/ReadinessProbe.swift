/// A question whose answer says whether this node can do one of its jobs.
package struct ReadinessProbe: Sendable {
    /// The name in the report, such as `database`.
    package let name: String
    /// Asks what keeps the node from the job, in one sentence without secrets; nil when nothing does.
    ///
    /// Honours cancellation, and should answer within a second.
    package let trouble: @Sendable () async -> String?

    /// Creates a probe.
    package init(name: String, trouble: @escaping @Sendable () async -> String?) {
        self.name = name
        self.trouble = trouble
    }
}
