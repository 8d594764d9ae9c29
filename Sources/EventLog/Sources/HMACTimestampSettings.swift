import WebhookSignatures

/// The description of the time that an HMAC signature covers.
package struct HMACTimestampSettings: Codable, Sendable, Hashable {
    /// The name of the header with the time.
    package var header: String
    /// Whether the header counts milliseconds, not seconds.
    package var milliseconds: Bool
    /// How many seconds the time may be in the past or the future; nil accepts any.
    package var toleranceSeconds: Int64?
    /// The signed bytes, with `{timestamp}` and `{body}` in them.
    package var signedContent: String

    /// Creates a description.
    package init(
        header: String,
        milliseconds: Bool = false,
        toleranceSeconds: Int64? = 300,
        signedContent: String = "{timestamp}.{body}"
    ) {
        self.header = header
        self.milliseconds = milliseconds
        self.toleranceSeconds = toleranceSeconds
        self.signedContent = signedContent
    }

    private enum CodingKeys: String, CodingKey {
        case header, milliseconds
        case toleranceSeconds = "tolerance_seconds"
        case signedContent = "signed_content"
    }

    func settings() throws(SignatureError) -> HMACSettings.Timestamp {
        HMACSettings.Timestamp(
            header: header,
            unit: milliseconds ? .milliseconds : .seconds,
            tolerance: try TimestampTolerance(past: toleranceSeconds, future: toleranceSeconds),
            signedContent: signedContent
        )
    }
}
