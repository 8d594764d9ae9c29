/// Appends deliveries to the log of their workspace.
package protocol EventAppending: Sendable {
    /// Appends a delivery and returns after the commit that holds it, or that found it in the log already.
    ///
    /// Throws `unavailable` or `queueFull` when nothing can be acknowledged; the sender's retry is then safe.
    func append(_ delivery: VerifiedWebhook) async throws(EventLogError) -> AppendReceipt
}
