import NIOCore
import PostgresTesting
import Seeding
import Testing

@testable import HTTPServer

struct BodyBudgetStateMachineTests {
    private typealias Machine = BodyBudgetStateMachine<Int>

    private static let mebibyte = 1 << 20
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func after(_ seconds: Double) -> NIODeadline {
        start + .nanoseconds(Int64(seconds * 1_000_000_000))
    }

    @Test func largeBodiesTakeThreeQuartersAndSmallOnesTheRest() {
        var machine = Machine(byteCount: 64 * Self.mebibyte)
        for connection in 0..<48 {
            verify(machine.take(Self.mebibyte, by: connection, now: start) == .take(refusing: nil))
        }
        verify(machine.take(Self.mebibyte, by: 48, now: start) == .refuse)
        for connection in 100..<292 {
            verify(machine.take(Machine.smallByteCount, by: connection, now: start) == .take(refusing: nil))
        }
        verify(machine.take(Machine.smallByteCount, by: 300, now: start) == .refuse)
        verify(machine.byteCount == 60 * Self.mebibyte)
    }

    @Test func smallBodyFindsRoomAmongManySlowSmallOnes() {
        var machine = Machine(byteCount: 64 * Self.mebibyte)
        for connection in 0..<4096 {
            _ = machine.take(15_360, by: connection, now: after(Double(connection) / 1000))
        }
        verify(machine.take(15_360, by: 5000, now: after(5)) == .take(refusing: 0))
        verify(machine.isLeaving(0))
    }

    /// Those that come next to the costliest are remembered; one that is complete, or has left, is passed over.
    @Test func ofManyTheCostliestLeaveOneAfterTheOther() {
        var machine = Machine(byteCount: 64 * Self.mebibyte)
        for connection in 0..<4096 {
            _ = machine.take(15_360, by: connection, now: after(Double(connection) / 1000))
        }
        var left: [Int] = []
        for newcomer in 5000..<5010 {
            if newcomer == 5003 { machine.arrived(3) }
            if newcomer == 5004 { machine.closed(5) }
            guard case .take(let leaver?) = machine.take(15_360, by: newcomer, now: after(5)) else { continue }
            left.append(leaver)
            machine.give(15_360, by: leaver)
        }
        // The one that had closed gave its room to a newcomer.
        verify(left == [0, 1, 2, 4, 6, 7, 8, 9, 10])
    }

    @Test func theBodyThatHasHeldMostForLongestLeaves() {
        var machine = Machine(byteCount: 16 * Self.mebibyte)
        _ = machine.take(6 * Self.mebibyte, by: 1, now: after(8))
        _ = machine.take(1 * Self.mebibyte, by: 2, now: after(0))
        _ = machine.take(5 * Self.mebibyte, by: 3, now: after(7))
        verify(machine.take(Self.mebibyte, by: 4, now: after(10)) == .take(refusing: 3))
        verify(!machine.isLeaving(1))
        verify(!machine.isLeaving(2))
    }

    @Test func theOneThatNeedsRoomIsRefusedWhenItHasHeldMostForLongest() {
        var machine = Machine(byteCount: 16 * Self.mebibyte)
        _ = machine.take(11 * Self.mebibyte, by: 1, now: start)
        _ = machine.take(Self.mebibyte, by: 2, now: after(1))
        verify(machine.take(Self.mebibyte, by: 1, now: after(2)) == .refuse)
        verify(machine.byteCount == 12 * Self.mebibyte)
        verify(!machine.isLeaving(2))
    }

    @Test func whoMustLeaveTakesNoMoreAndIsCountedUntilItHasLeft() {
        var machine = Machine(byteCount: 16 * Self.mebibyte)
        _ = machine.take(12 * Self.mebibyte, by: 1, now: start)
        verify(machine.take(Self.mebibyte, by: 2, now: after(1)) == .take(refusing: 1))
        verify(machine.take(1, by: 1, now: after(1)) == .refuse)
        verify(machine.byteCount == 13 * Self.mebibyte)
        // Nobody else must leave for the next one, but memory that is still in use has its limit.
        verify(machine.take(Self.mebibyte, by: 3, now: after(1)) == .take(refusing: nil))
        verify(machine.take(Self.mebibyte, by: 4, now: after(1)) == .refuse)
        verify(machine.take(1000, by: 5, now: after(1)) == .take(refusing: nil))
        machine.give(12 * Self.mebibyte, by: 1)
        verify(!machine.isLeaving(1))
        verify(machine.take(10 * Self.mebibyte - 1000, by: 4, now: after(1)) == .take(refusing: nil))
    }

    @Test func completeRequestIsNotRefused() {
        var machine = Machine(byteCount: 16 * Self.mebibyte)
        _ = machine.take(12 * Self.mebibyte, by: 1, now: start)
        machine.arrived(1)
        verify(machine.take(Self.mebibyte, by: 2, now: after(9)) == .refuse)
        machine.give(12 * Self.mebibyte, by: 1)
        verify(machine.byteCount == 0)
    }

    @Test func requestThatWasCompletedMeanwhileStays() {
        var machine = Machine(byteCount: 16 * Self.mebibyte)
        _ = machine.take(12 * Self.mebibyte, by: 1, now: start)
        verify(machine.take(Self.mebibyte, by: 2, now: after(1)) == .take(refusing: 1))
        machine.arrived(1)
        verify(!machine.isLeaving(1))
        verify(machine.take(Self.mebibyte, by: 3, now: after(1)) == .refuse)
    }

    @Test func bytesOfAClosedConnectionAreCountedWhileTheApplicationHasThem() {
        var machine = Machine(byteCount: 16 * Self.mebibyte)
        machine.began(1)
        _ = machine.take(1000, by: 1, now: start)
        machine.closed(1)
        verify(machine.byteCount == 1000)
        machine.ended(1)
        verify(machine.byteCount == 0)
        _ = machine.take(1000, by: 2, now: start)
        machine.closed(2)
        verify(machine.byteCount == 0)
    }

    @Test func ageCountsFromTheFirstByteOfARequest() {
        var machine = Machine(byteCount: 16 * Self.mebibyte)
        _ = machine.take(Self.mebibyte, by: 1, now: start)
        machine.give(Self.mebibyte, by: 1)
        _ = machine.take(6 * Self.mebibyte, by: 1, now: after(10))
        _ = machine.take(6 * Self.mebibyte, by: 2, now: after(9))
        verify(machine.take(Self.mebibyte, by: 3, now: after(11)) == .take(refusing: 2))
    }

    /// Whatever happens, the count is that of a plain ledger, never beyond the limit, and 0 in the end.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func countAgreesWithALedger(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let limit = 4 * Self.mebibyte
        var machine = Machine(byteCount: limit)
        var ledger: [Int: Int] = [:]
        for step in 0..<3000 {
            let connection = Int.random(in: 0..<40, using: &generator)
            let now = after(Double(step) / 100)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0..<5:
                let count = Int.random(in: 1...70_000, using: &generator)
                if machine.take(count, by: connection, now: now) != .refuse { ledger[connection, default: 0] += count }
            case 5: machine.arrived(connection)
            case 6:
                machine.give(ledger[connection] ?? 0, by: connection)
                ledger[connection] = nil
            default:
                machine.closed(connection)
                ledger[connection] = nil
            }
            verify(machine.byteCount == ledger.values.reduce(0, +))
            verify(machine.byteCount <= limit)
        }
        for connection in 0..<40 { machine.closed(connection) }
        verify(machine.byteCount == 0)
        verify(machine.take(limit / 2, by: 50, now: start) == .take(refusing: nil))
    }
}
