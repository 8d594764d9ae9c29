/// What is certain about a delivery whose signature matched.
public struct VerifiedDelivery: Sendable, Hashable {
    /// The key that matched.
    public let keyID: KeyID
    /// Whether that is the newest key active now; `false` means that the sender still signs with an old secret only.
    public let isNewestKey: Bool
    /// The delivery id that the signature covers: the same on every retry, so it recognises duplicates.
    public let signedDeliveryID: String?
    /// A delivery id that anyone could have changed: fit for logs, not as the only sign of a duplicate.
    public let unsignedDeliveryID: String?
    /// The signed time of the attempt in Unix seconds, rounded down.
    public let timestamp: Int64?
}
