/// Why a delivery was refused.
///
/// The reason is for the receiver's log and metrics. What the sender is told must be the same for every reason. Neither
/// the expected signature nor any byte of secret, header or body is kept here.
public struct VerificationError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable label for the cause.
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// A header that the scheme needs is not there.
        case missingHeader = "missing_header"
        /// A header that may occur once occurs more often.
        case duplicateHeader = "duplicate_header"
        /// `svix-*` and `webhook-*` headers would have to be mixed.
        case mixedFamilies = "mixed_families"
        /// The timestamp is not written as the scheme demands.
        case badTimestamp = "bad_timestamp"
        /// The timestamp is older than the tolerance: a replay, or a wrong clock.
        case timestampTooOld = "timestamp_too_old"
        /// The timestamp is further ahead than the tolerance: a wrong clock.
        case timestampTooNew = "timestamp_too_new"
        /// The delivery id is empty, too long or holds a byte that is not allowed.
        case badID = "bad_id"
        /// The signature header is too long, has too many entries, or lacks what makes it readable at all.
        case badSignatureHeader = "bad_signature_header"
        /// No entry of the signature header matches any active key.
        case signature
        /// Every key is expired or not yet valid.
        case noActiveKey = "no_active_key"
        /// The body does not have the only form that the scheme signs.
        case bodyNotSignable = "body_not_signable"
    }

    /// The cause.
    public let reason: Reason
    /// The lower-case name of the header concerned, when there is one.
    public let header: String?
    /// The distance between timestamp and clock in seconds, when the tolerance was exceeded.
    public let seconds: Int64?

    init(_ reason: Reason, header: String? = nil, seconds: Int64? = nil) {
        self.reason = reason
        self.header = header
        self.seconds = seconds
    }

    /// What was wrong and the way out, in plain words for an operator.
    public var description: String {
        let header = header.map { "Header \($0)" } ?? "A header"
        let seconds = seconds.map { "\($0) s" } ?? "too far"
        return switch reason {
        case .missingHeader:
            "\(header) is missing. Check that the sender signs deliveries and that no proxy drops its headers."
        case .duplicateHeader:
            "\(header) occurs more than once. Check what stands between the sender and this receiver."
        case .mixedFamilies:
            "\(header) is missing while the other family has it. Send all three as svix-* or all three as webhook-*."
        case .badTimestamp:
            "\(header) does not hold a Unix timestamp: digits only, without a leading zero, in the scheme's unit."
        case .timestampTooOld:
            "The timestamp is \(seconds) behind the clock. Check both clocks; an old delivery must be sent anew."
        case .timestampTooNew:
            "The timestamp is \(seconds) ahead of the clock. Check both clocks."
        case .badID:
            "\(header) is not a delivery id: 1 to 256 visible ASCII characters, without a dot where the id is signed."
        case .badSignatureHeader:
            "\(header) is not readable: over 8192 bytes, over 32 entries, or not exactly one timestamp in it."
        case .signature:
            "No signature matches. Check the secret, and that the body was not changed on its way."
        case .noActiveKey:
            "No key is valid now. Add the sender's current secret, or correct the times of the keys."
        case .bodyNotSignable:
            "The body is not one flat JSON object of strings of at most 4096 bytes, all that this scheme signs."
        }
    }
}
