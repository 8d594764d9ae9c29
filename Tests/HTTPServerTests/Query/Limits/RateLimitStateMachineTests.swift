import EventLog
import Foundation
import Postgres
import Testing

@testable import HTTPServer

struct RateLimitStateMachineTests {
    private let start = ContinuousClock.now
    private let key: APIKeyText

    init() throws {
        key = try #require(APIKeyText.sample(1))
    }

    private func limited(_ limit: Int, used: Int, admitted: Bool = true) -> RequestCount {
        .limited(
            RequestCount.Window(
                limit: limit,
                used: used,
                isAdmitted: admitted,
                countedAt: PostgresTimestamp(microsecondsSince1970: 0),
                freesAt: PostgresTimestamp(microsecondsSince1970: 60_000_000)
            )
        )
    }

    @Test func unlimitedKeyIsAskedAboutOnceAMinute() {
        var machine = RateLimitStateMachine()
        #expect(machine.request(key, at: start) == .count(unreported: 0))
        #expect(machine.counted(.unlimited, for: key, reported: 0, at: start) == .pass)
        #expect(machine.request(key, at: start) == .pass)
        #expect(machine.request(key, at: start + .seconds(59)) == .pass)
        #expect(machine.request(key, at: start + .seconds(60)) == .count(unreported: 0))
    }

    @Test func limitedKeyIsCounted() {
        var machine = RateLimitStateMachine()
        _ = machine.request(key, at: start)
        let standing = RateLimitStanding(limit: 2, remaining: 1, resetsAt: 60)
        #expect(machine.counted(limited(2, used: 1), for: key, reported: 0, at: start) == .admit(standing))
        #expect(machine.request(key, at: start) == .count(unreported: 0))
    }

    @Test func refusalTellsTheWait() {
        var machine = RateLimitStateMachine()
        _ = machine.request(key, at: start)
        let verdict = machine.counted(limited(2, used: 2, admitted: false), for: key, reported: 0, at: start)
        let standing = RateLimitStanding(limit: 2, remaining: 0, resetsAt: 60)
        #expect(verdict == .refuse(standing, secondsToWait: 60))
    }

    @Test func uncountedKeyIsHeldToItsLimitHere() throws {
        var machine = RateLimitStateMachine()
        func verdict(at second: Int64) -> RateLimitStateMachine.Verdict {
            #expect(machine.request(key, at: start + .seconds(second)) == .count(unreported: 0))
            let time = PostgresTimestamp(microsecondsSince1970: second * 1_000_000)
            let count = RequestCount.uncounted(limit: 2, at: time)
            return machine.counted(count, for: key, reported: 0, at: start + .seconds(second))
        }
        #expect(verdict(at: 0) == .admit(RateLimitStanding(limit: 2, remaining: 1, resetsAt: 60)))
        #expect(verdict(at: 20) == .admit(RateLimitStanding(limit: 2, remaining: 0, resetsAt: 60)))
        let full = RateLimitStanding(limit: 2, remaining: 0, resetsAt: 60)
        #expect(verdict(at: 59) == .refuse(full, secondsToWait: 1))
        #expect(verdict(at: 60) == .admit(RateLimitStanding(limit: 2, remaining: 0, resetsAt: 80)))
        #expect(verdict(at: 79) == .refuse(RateLimitStanding(limit: 2, remaining: 0, resetsAt: 80), secondsToWait: 1))
    }

    @Test func aPrimaryCountsAgainFromItsOwn() {
        var machine = RateLimitStateMachine()
        _ = machine.request(key, at: start)
        let uncounted = RequestCount.uncounted(limit: 2, at: PostgresTimestamp(microsecondsSince1970: 0))
        _ = machine.counted(uncounted, for: key, reported: 0, at: start)
        _ = machine.request(key, at: start)
        let standing = RateLimitStanding(limit: 2, remaining: 1, resetsAt: 60)
        #expect(machine.counted(limited(2, used: 1), for: key, reported: 0, at: start) == .admit(standing))
    }

    @Test func invalidKeyLeavesNothingBehind() throws {
        var machine = RateLimitStateMachine()
        for number in 1...100 {
            let key = try #require(APIKeyText.sample(number))
            for _ in 0..<2 { #expect(machine.request(key, at: start) == .count(unreported: 0)) }
            for _ in 0..<2 { #expect(machine.counted(.invalidKey, for: key, reported: 0, at: start) == .pass) }
        }
        #expect(machine.keyCount == 0)
    }

    @Test func failedCountOfAnUnknownKeyLeavesNothingBehind() {
        var machine = RateLimitStateMachine()
        _ = machine.request(key, at: start)
        machine.failed(for: key, reported: 0)
        #expect(machine.keyCount == 0)
    }

    @Test func revokedKeyIsForgotten() {
        var machine = RateLimitStateMachine()
        _ = machine.request(key, at: start)
        _ = machine.counted(limited(5000, used: 1), for: key, reported: 0, at: start)
        _ = machine.request(key, at: start + .seconds(1))
        #expect(machine.counted(.invalidKey, for: key, reported: 0, at: start + .seconds(1)) == .pass)
        #expect(machine.keyCount == 0)
    }

    @Test func limitCanBeLiftedAndSet() {
        var machine = RateLimitStateMachine()
        _ = machine.request(key, at: start)
        _ = machine.counted(limited(10, used: 1), for: key, reported: 0, at: start)
        _ = machine.request(key, at: start)
        _ = machine.counted(.unlimited, for: key, reported: 0, at: start)
        #expect(machine.request(key, at: start) == .pass)
        _ = machine.request(key, at: start + .seconds(60))
        _ = machine.counted(limited(10, used: 1), for: key, reported: 0, at: start + .seconds(60))
        #expect(machine.request(key, at: start + .seconds(60)) == .count(unreported: 0))
    }

    @Test func anotherSecretIsAnotherKey() throws {
        var machine = RateLimitStateMachine()
        _ = machine.request(key, at: start)
        _ = machine.counted(.unlimited, for: key, reported: 0, at: start)
        let forged = try #require(APIKeyText.sample(1, secret: 9))
        #expect(forged.keyID == key.keyID)
        #expect(machine.request(forged, at: start) == .count(unreported: 0))
        #expect(machine.counted(.invalidKey, for: forged, reported: 0, at: start) == .pass)
        #expect(machine.request(key, at: start) == .pass)
    }

    @Test func placesAreBounded() throws {
        var machine = RateLimitStateMachine(capacity: 2)
        for number in 1...4 {
            let key = try #require(APIKeyText.sample(number))
            _ = machine.request(key, at: start)
            _ = machine.counted(limited(5000, used: 1), for: key, reported: 0, at: start)
        }
        #expect(machine.keyCount == 2)
        // A key without a place is counted each time.
        let last = try #require(APIKeyText.sample(4))
        #expect(machine.request(last, at: start) == .count(unreported: 0))
        // Places of keys that were idle for a minute are given on.
        #expect(machine.request(last, at: start + .seconds(61)) == .count(unreported: 0))
        #expect(machine.keyCount == 1)
    }

    @Test func countsUnderWayAreRememberedFromTheFirstOn() {
        var machine = RateLimitStateMachine()
        for _ in 0..<5 { _ = machine.request(key, at: start) }
        _ = machine.counted(limited(5000, used: 1), for: key, reported: 0, at: start)
        // Four are under way, of a credit of five.
        guard case .admit = machine.request(key, at: start) else {
            Issue.record("there was credit for one")
            return
        }
        #expect(machine.request(key, at: start) == .count(unreported: 1))
    }
}
