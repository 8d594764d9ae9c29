import Foundation

/// Reads the header `Retry-After`.
enum RetryOrder {
    /// The seconds to wait, given as a number or as a date (RFC 9110); nil when it says neither.
    static func seconds(_ value: String?, now: Date) -> Int? {
        guard let value else { return nil }
        if let seconds = Int(value) { return seconds }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: "UTC")
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss 'GMT'"
        return format.date(from: value).map { max(0, Int($0.timeIntervalSince(now).rounded(.up))) }
    }
}
