import Foundation

/// Times as commands print them.
enum Moment {
    /// Returns the time in UTC as RFC 3339 with milliseconds.
    static func text(of date: Date) -> String {
        text(milliseconds: Int64((date.timeIntervalSince1970 * 1000).rounded()))
    }

    /// Returns the time so many milliseconds after 1970 began, likewise.
    static func text(milliseconds: Int64) -> String {
        // The style cuts milliseconds off that a fraction falls short of, so half of one is added.
        let date = Date(timeIntervalSince1970: (Double(milliseconds) + 0.5) / 1000)
        return date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Returns a length of time in the two largest units that it fills, such as `3 h 12 min`.
    static func text(of duration: Duration) -> String {
        let seconds = max(duration.components.seconds, 0)
        switch seconds {
        case ..<1: return "\(max(duration.components.attoseconds / 1_000_000_000_000_000, 0)) ms"
        case ..<60: return "\(seconds) s"
        case ..<3600: return "\(seconds / 60) min \(seconds % 60) s"
        case ..<86_400: return "\(seconds / 3600) h \(seconds % 3600 / 60) min"
        default: return "\(seconds / 86_400) d \(seconds % 86_400 / 3600) h"
        }
    }
}
