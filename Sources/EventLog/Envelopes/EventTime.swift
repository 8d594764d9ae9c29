import Postgres

/// Reads the times of events, as PostgreSQL reads them.
enum EventTime {
    /// The seconds of the years 1970 to 9999.
    private static let seconds = 0.0...253_402_300_799
    /// 2000-01-01 00:00:00 UTC, from which PostgreSQL counts.
    private static let epoch = 946_684_800.0

    /// A time in RFC 3339; nil for anything else.
    ///
    /// The same as `hooklog.parse_time()`.
    /// Like PostgreSQL it takes a space for the T, 24:00:00, a second 60 and offsets of less than 16 hours.
    static func internet(_ text: String) -> PostgresTimestamp? {
        guard let time = ISODatetime(text, asPostgres: true) else { return nil }
        return PostgresTimestamp(microsecondsSince1970: time.secondsSince1970 * 1_000_000 + time.roundedMicroseconds)
    }

    /// A time in seconds since 1970, as a JSON number; nil outside the years 1970 to 9999.
    static func unix(_ number: String) -> PostgresTimestamp? {
        guard !number.hasPrefix("-"), let value = Double(number), seconds ~= value else { return nil }
        // In this order, so that what is rounded is what PostgreSQL rounds.
        let microseconds = ((value - epoch) * 1_000_000).rounded(.toNearestOrEven)
        return PostgresTimestamp(microsecondsSince1970: Int64(microseconds) + Int64(epoch) * 1_000_000)
    }

    /// A time in RFC 3339, or in seconds or, with twelve digits and more, milliseconds since 1970; nil for anything else.
    static func any(_ text: String) -> PostgresTimestamp? {
        guard text.utf8.count <= ISODatetime.longest else { return nil }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy(JSONScanner.isDigit) }) else {
            return internet(text)
        }
        switch (parts[0].utf8.count, parts.count == 1 ? 0 : parts[1].utf8.count) {
        case (1...11, 0...9): return unix(text)
        case (12...14, 0): return unix("\(text.dropLast(3)).\(text.suffix(3))")
        default: return nil
        }
    }
}
