import Foundation

/// A moment in microseconds since 1970-01-01 00:00:00 UTC, the resolution of `timestamptz`.
///
/// The extreme values of `Int64` stand for PostgreSQL's `infinity` and `-infinity`.
package struct PostgresTimestamp: Hashable, Comparable, Sendable {
    /// The distance to 1970, negative before it.
    package var microsecondsSince1970: Int64

    /// Makes a moment from its distance to 1970.
    package init(microsecondsSince1970: Int64) {
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// Rounds to the nearest microsecond; dates beyond the range of `Int64` become infinite.
    package init(_ date: Date) {
        let microseconds = (date.timeIntervalSince1970 * 1_000_000).rounded()
        if let exact = Int64(exactly: microseconds) {
            microsecondsSince1970 = exact
        } else {
            microsecondsSince1970 = microseconds < 0 ? .min : .max
        }
    }

    /// Later than every moment.
    package static let infinity = PostgresTimestamp(microsecondsSince1970: .max)
    /// Earlier than every moment.
    package static let negativeInfinity = PostgresTimestamp(microsecondsSince1970: .min)

    /// Tells whether this is a moment, not an infinity.
    package var isFinite: Bool { self != .infinity && self != .negativeInfinity }

    /// The nearest `Date`, which resolves to about a tenth of a microsecond today; infinite ones are distant.
    package var date: Date {
        guard isFinite else { return self == .infinity ? .distantFuture : .distantPast }
        let (seconds, rest) = microsecondsSince1970.quotientAndRemainder(dividingBy: 1_000_000)
        return Date(timeIntervalSince1970: Double(seconds) + Double(rest) / 1_000_000)
    }

    /// Orders moments in time, between the infinities.
    package static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microsecondsSince1970 < right.microsecondsSince1970
    }

    /// The duration since an earlier moment; not meaningful for infinite ones.
    package func duration(since earlier: PostgresTimestamp) -> Duration {
        .microseconds(microsecondsSince1970.subtractingReportingOverflow(earlier.microsecondsSince1970).partialValue)
    }
}

extension PostgresTimestamp {
    /// Microseconds between 1970 and 2000, where PostgreSQL counts from.
    private static let epochShift: Int64 = 946_684_800_000_000

    /// The wire form; moments before PostgreSQL's range become `-infinity`.
    var wireValue: Int64 {
        guard isFinite else { return microsecondsSince1970 }
        let (value, overflow) = microsecondsSince1970.subtractingReportingOverflow(Self.epochShift)
        return overflow ? .min : value
    }

    /// Reads the wire form; moments after `Int64`'s range (year 294246) become `infinity`.
    init(wireValue: Int64) {
        guard wireValue != .max, wireValue != .min else {
            microsecondsSince1970 = wireValue
            return
        }
        let (value, overflow) = wireValue.addingReportingOverflow(Self.epochShift)
        microsecondsSince1970 = overflow ? .max : value
    }
}
