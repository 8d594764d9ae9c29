/// What was refused in a workspace.
package struct RejectionReport: Sendable, Hashable {
    /// The exact counts, by source and reason.
    package let counts: [RejectionCount]
    /// Samples, the latest first.
    package let samples: [RejectedDelivery]
}
