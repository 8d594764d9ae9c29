import Foundation
import Testing

@testable import hooklog

@Suite("Waits between requests")
struct RetryPatienceTests {
    @Test("Waits double up to a minute, then it gives up")
    func waitsDouble() {
        var patience = RetryPatience(limit: 9)
        let waits = (0..<9).map { _ in patience.afterFailure(jitter: 0) }
        #expect(waits == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) } + [nil])
    }

    @Test("Chance shortens a wait by at most half")
    func chanceShortensAWait() {
        var patience = RetryPatience()
        #expect(patience.afterFailure(jitter: 0.5) == .seconds(0.75))
    }

    @Test("A vendor's order is obeyed, within reason")
    func orderIsObeyed() {
        var patience = RetryPatience()
        #expect(patience.afterThrottling(seconds: 17, jitter: 0.5) == .seconds(17.5))
        #expect(patience.afterThrottling(seconds: 86_400, jitter: 0) == .seconds(300))
        #expect(patience.afterThrottling(seconds: -1, jitter: 0) == .seconds(4))
        #expect(patience.afterThrottling(seconds: nil, jitter: 0) == .seconds(8))
        #expect(patience.afterFailure(jitter: 0) == .seconds(1), "orders are no failures")
    }

    @Test("It does not wait for ever")
    func patienceEnds() {
        var patience = RetryPatience()
        let waits = (0..<200).map { _ in patience.afterThrottling(seconds: 1, jitter: 0) }
        #expect(waits.last == .some(nil))
    }

    @Test(
        "A vendor says how long in seconds or as a date",
        arguments: [
            ("17", 17), ("Sun, 06 Nov 1994 08:49:37 GMT", 37), ("Sun, 06 Nov 1994 08:48:00 GMT", 0), ("soon", nil),
            (nil, nil),
        ] as [(String?, Int?)]
    )
    func orderIsRead(header: String?, seconds: Int?) {
        #expect(RetryOrder.seconds(header, now: Date(timeIntervalSince1970: 784_111_740)) == seconds)
    }
}
