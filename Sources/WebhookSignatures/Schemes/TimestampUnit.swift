/// The unit in which a sender counts Unix time.
public enum TimestampUnit: String, Sendable, Hashable, CaseIterable {
    /// Seconds: 1 to 12 digits.
    case seconds
    /// Milliseconds: 1 to 15 digits.
    case milliseconds

    var perSecond: Int64 {
        switch self {
        case .seconds: 1
        case .milliseconds: 1000
        }
    }

    var maximumDigits: Int {
        switch self {
        case .seconds: 12
        case .milliseconds: 15
        }
    }
}
