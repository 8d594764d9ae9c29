import Testing

@testable import Postgres

@Suite struct PipelineStateMachineTests {
    typealias Machine = PipelineStateMachine<Int, String>

    @Test func parkedLaneIsStarted() {
        var machine = Machine(queueLimit: 4, batchLimit: 2)
        guard case .park = machine.laneIsFree("a") else {
            Issue.record("there is nothing to do yet")
            return
        }
        guard case .start("a") = machine.enqueue(1) else {
            Issue.record("the parked lane must be told")
            return
        }
        guard case .run([1]) = machine.laneIsFree("a") else {
            Issue.record("it must find the call")
            return
        }
    }

    @Test func callsThatQueueGoOutAsOneBatch() {
        var machine = Machine(queueLimit: 8, batchLimit: 3)
        for call in 1...5 {
            guard case .queued = machine.enqueue(call) else {
                Issue.record("no lane is free")
                return
            }
        }
        guard case .run([1, 2, 3]) = machine.laneIsFree("a"), case .run([4, 5]) = machine.laneIsFree("b") else {
            Issue.record("batches take what queued, up to the limit")
            return
        }
        verify(machine.queuedCount == 0)
    }

    @Test func fullQueueRefuses() {
        var machine = Machine(queueLimit: 2, batchLimit: 2)
        _ = machine.enqueue(1)
        _ = machine.enqueue(2)
        guard case .refuseExhausted = machine.enqueue(3) else {
            Issue.record("the queue is bounded")
            return
        }
        machine.removeQueued { $0 == 1 }
        guard case .queued = machine.enqueue(3) else {
            Issue.record("a dropped call makes room")
            return
        }
    }

    @Test func closedPipelineRunsWhatQueuedThenStops() {
        var machine = Machine(queueLimit: 2, batchLimit: 2)
        _ = machine.laneIsFree("a")
        _ = machine.laneIsFree("b")
        _ = machine.enqueue(1)
        verify(machine.close() == ["a"])
        guard case .refuseClosed = machine.enqueue(2), case .run([1]) = machine.laneIsFree("b"),
            case .stop = machine.laneIsFree("b")
        else {
            Issue.record("what was accepted is run, then the lane stops")
            return
        }
    }

    @Test func removedCallsAreReturned() {
        var machine = Machine(queueLimit: 4, batchLimit: 2)
        _ = machine.enqueue(1)
        _ = machine.enqueue(2)
        verify(machine.removeAllQueued() == [1, 2])
        verify(machine.queuedCount == 0)
    }
}
