/// Where an import goes, and what its lines do not say themselves.
package struct ImportTarget: Sendable {
    /// The source in whose name events are appended.
    package let source: SourceID
    /// What is known of the vendor.
    package let sender: Sender
    /// Whether objects are live data or test data; events say it themselves.
    package let livemode: Bool
    /// The most bytes that the source takes as a body; nil is no limit.
    package let bodyLimit: Int?

    /// Creates a target.
    package init(source: SourceID, sender: Sender, livemode: Bool, bodyLimit: Int? = nil) {
        self.source = source
        self.sender = sender
        self.livemode = livemode
        self.bodyLimit = bodyLimit
    }
}
