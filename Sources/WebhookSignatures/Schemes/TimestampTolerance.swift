/// How far a delivery's timestamp may be from the receiver's clock, in whole seconds, limits included.
public struct TimestampTolerance: Sendable, Hashable {
    /// The greatest accepted age in seconds; `nil` accepts any.
    public let past: Int64?
    /// The greatest accepted lead over the clock in seconds; `nil` accepts any.
    public let future: Int64?

    /// 300 s both ways.
    public static let standard = TimestampTolerance(uncheckedPast: 300, future: 300)
    /// 300 s into the past and any time in the future.
    public static let pastOnly = TimestampTolerance(uncheckedPast: 300, future: nil)
    /// Any time: the timestamp is still parsed and signed, but a replay is never too old.
    public static let unlimited = TimestampTolerance(uncheckedPast: nil, future: nil)

    /// Creates a tolerance.
    ///
    /// - Throws: `invalid_tolerance` for a negative number of seconds.
    public init(past: Int64?, future: Int64?) throws(SignatureError) {
        guard (past ?? 0) >= 0, (future ?? 0) >= 0 else {
            throw SignatureError(
                .invalidTolerance,
                "A timestamp tolerance is negative. Give whole seconds from 0 up, or none to accept any time."
            )
        }
        self.init(uncheckedPast: past, future: future)
    }

    private init(uncheckedPast past: Int64?, future: Int64?) {
        self.past = past
        self.future = future
    }
}
