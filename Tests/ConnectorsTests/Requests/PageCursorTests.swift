import Connectors
import EventLog
import Foundation
import Testing

struct PageCursorTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0, 0),
        ("1969-12-31T23:59:59.999999Z", -1, 0),
        ("2024-01-15T09:30:00Z", 1_705_311_000_000_000, 0),
        ("2024-02-29T12:00:00.5Z", 1_709_208_000_500_000, 0),
        ("2000-02-29T00:00:00Z", 951_782_400_000_000, 0),
        ("2026-05-26T18:42:00.123Z", 1_779_820_920_123_000, 0),
        ("2026-05-26t18:42:00.123z", 1_779_820_920_123_000, 0),
        ("2026-05-26T20:42:00.123+02:00", 1_779_820_920_123_000, 0),
        ("2026-05-26T13:12:00.123-05:30", 1_779_820_920_123_000, 0),
        ("2026-05-26T18:42:00.1234560000000000000000042Z", 1_779_820_920_123_456, 42),
        ("2026-05-26T18:42:00.1234569223372036854775807Z", 1_779_820_920_123_456, Int64.max),
        ("2026-05-26T18:42:00.1234569999999999999999999Z", 1_779_820_920_123_456, Int64.max),
        ("2026-05-26T18:42:00.12345600000000000000000420000Z", 1_779_820_920_123_456, 42),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000, 0),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000_000, 0),
    ])
    func datetimeIsRead(text: String, microseconds: Int64, position: Int64) throws {
        let cursor = try #require(PageCursor(text))
        #expect(cursor == PageCursor(microseconds: microseconds, firstPosition: Position(rawValue: position)))
    }

    @Test(arguments: [
        "", "abc", "2024-01-15", "2024-01-15T09:30:00", "2024-01-15 09:30:00Z", "2024-02-30T00:00:00Z",
        "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-13-01T00:00:00Z", "2024-00-01T00:00:00Z",
        "2024-01-00T00:00:00Z", "2024-04-31T00:00:00Z", "2024-01-01T24:00:00Z", "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:60Z", "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00+24:00", "2024-01-01T00:00:00+0200",
        "2024-01-01T00:00:00Zx", " 2024-01-01T00:00:00Z", "24-01-01T00:00:00Z", "٢٠٢٤-01-01T00:00:00Z", "infinity",
        "now", "2024-01-01T00:00:00.-1Z", "+024-01-01T00:00:00Z", "1705311000", "25",
        "2024-01-01T00:00:00.0000000000000000000000000000000000000000000000Z",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(PageCursor(text) == nil)
    }

    @Test func truncationNeverMovesForward() throws {
        let whole = "2026-05-26T18:42:00.1234560000000000000000042"
        let exact = try #require(PageCursor(whole + "Z"))
        for count in 21...whole.count {
            let cut = try #require(PageCursor(whole.prefix(count) + "Z"))
            #expect((cut.microseconds, cut.firstPosition) <= (exact.microseconds, exact.firstPosition))
        }
    }

    @Test func datetimesAgreeWithTheCalendar() throws {
        var generator = SystemRandomNumberGenerator()
        let style = Date.ISO8601FormatStyle()
        for _ in 0..<2_000 {
            // From 1590 on: Foundation's calendar is the Julian one before.
            let seconds = Int64.random(in: -11_991_628_800...253_402_300_799, using: &generator)
            let text = Date(timeIntervalSince1970: Double(seconds)).formatted(style)
            let cursor = try #require(PageCursor(text), "\(text)")
            #expect(cursor.microseconds == seconds * 1_000_000, "\(text)")
        }
    }
}
