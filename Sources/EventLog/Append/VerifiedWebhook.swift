/// A delivery whose signature was found good, ready to be appended.
package struct VerifiedWebhook: Sendable {
    /// The source it came to.
    package let source: SourceID
    /// The source's connector, which becomes the event's system.
    package let connector: ConnectorName
    /// What the event says of itself.
    package let fields: EventFields
    /// The delivery's id, when the signature covers it.
    package let deliveryID: String?
    /// The headers to keep, as the text of a JSON object with names in lower case.
    package let headers: String
    /// The body's bytes as received.
    package let body: [UInt8]
    /// Whether PostgreSQL need not search the body for what JSON takes and the log does not, see ``JSONPart/isPlain(_:)``.
    let isPlain: Bool

    /// Creates a delivery, and reads what it says of itself.
    package init(
        source: SourceID,
        sender: Sender,
        deliveryID: String?,
        headers: String = "{}",
        body: [UInt8]
    ) {
        self.source = source
        connector = sender.name
        fields = sender.envelope.fields(of: body, headers: headers)
        self.deliveryID = deliveryID
        self.headers = headers
        self.body = body
        isPlain = JSONPart.isPlain(body)
    }
}
