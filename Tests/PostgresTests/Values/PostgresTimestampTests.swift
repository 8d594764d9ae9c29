import Foundation
import Testing

@testable import Postgres

@Suite struct PostgresTimestampTests {
    @Test(arguments: [
        (Int64(0), Int64(-946_684_800_000_000)), (946_684_800_000_000, 0), (.max, .max), (.min, .min),
        (-1, -946_684_800_000_001),
    ])
    func wireCountsFrom2000(microseconds: Int64, wire: Int64) {
        let timestamp = PostgresTimestamp(microsecondsSince1970: microseconds)
        #expect(timestamp.wireValue == wire)
        #expect(PostgresTimestamp(wireValue: wire) == timestamp)
    }

    @Test func valuesOutOfRangeBecomeInfinite() {
        #expect(PostgresTimestamp(wireValue: .max - 1) == .infinity)
        #expect(PostgresTimestamp(microsecondsSince1970: .min + 1).wireValue == .min)
    }

    @Test func datesConvertBothWays() {
        let date = Date(timeIntervalSince1970: 1_795_262_400.25)
        let timestamp = PostgresTimestamp(date)
        #expect(timestamp.microsecondsSince1970 == 1_795_262_400_250_000)
        #expect(timestamp.date == date)
        #expect(PostgresTimestamp(Date(timeIntervalSince1970: 1e30)) == .infinity)
        #expect(PostgresTimestamp(Date(timeIntervalSince1970: -1e30)) == .negativeInfinity)
        #expect(PostgresTimestamp.infinity.date == .distantFuture)
    }

    @Test func orderAndDistanceAreThoseOfTime() {
        let start = PostgresTimestamp(microsecondsSince1970: 1_000_000)
        let end = PostgresTimestamp(microsecondsSince1970: 2_500_000)
        #expect(end.duration(since: start) == .milliseconds(1500))
        #expect(end > start)
        #expect(end < .infinity && start > .negativeInfinity)
    }
}
