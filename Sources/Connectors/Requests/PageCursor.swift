import EventLog

/// A place in a list: rows after it are strictly older.
///
/// A vendor's cursor is the last row's `created_at`. Rows that share it would be skipped at a page's edge, so the cursors
/// given out go on with the row's first position as nineteen more digits of the fraction. They stay ISO 8601 datetimes:
/// one that a client cut to microseconds, or made itself, means what it means at the vendor.
package struct PageCursor: Hashable, Sendable {
    /// The last row's `created_at`, in microseconds since 1970-01-01 00:00:00 UTC.
    package let microseconds: Int64
    /// The last row's first position; the log's start means before all rows of that moment.
    package let firstPosition: Position

    /// Creates a cursor from its parts.
    package init(microseconds: Int64, firstPosition: Position = .start) {
        self.microseconds = microseconds
        self.firstPosition = firstPosition
    }
}

extension PageCursor {
    /// Reads a datetime with any number of fractional digits and `Z` or a numeric offset; nil for anything else.
    package init?(_ text: some StringProtocol) {
        guard let datetime = ISODatetime(text) else { return nil }
        microseconds = datetime.secondsSince1970 * 1_000_000 + datetime.fraction(digits: 0..<6)
        firstPosition = Position(rawValue: datetime.fraction(digits: 6..<25))
    }
}
