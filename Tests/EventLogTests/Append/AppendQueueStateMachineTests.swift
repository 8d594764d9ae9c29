import Testing

@testable import EventLog

struct AppendQueueStateMachineTests {
    typealias Machine = AppendQueueStateMachine<Int, String>

    private static let start = ContinuousClock.now

    private func delivery(_ workspace: Int64 = 1, size: Int = 10) -> VerifiedWebhook {
        .raw(.sample(WorkspaceID(rawValue: workspace)), [UInt8](repeating: 0x20, count: size))
    }

    private func enqueue(
        _ machine: inout Machine,
        _ waiter: Int,
        workspace: Int64 = 1,
        size: Int = 10,
        after: Duration = .seconds(10)
    ) -> Machine.EnqueueAction {
        machine.enqueue(
            delivery(workspace, size: size),
            ticket: UInt64(waiter),
            waiter: waiter,
            deadline: Self.start + after
        )
    }

    private func tickets(_ action: Machine.NextAction) -> [UInt64]? {
        guard case .run(let batch) = action else { return nil }
        return batch.entries.map(\.ticket)
    }

    private func batch(_ action: Machine.NextAction) throws -> AppendBatch {
        guard case .run(let batch) = action else { throw EventLogError(.invalidArgument) }
        return batch
    }

    private func isRefused(_ action: Machine.EnqueueAction, _ code: EventLogError.Code) -> Bool {
        guard case .refuse(code) = action else { return false }
        return true
    }

    @Test func idleWorkerStartsAtOnce() {
        var machine = Machine(EventAppenderConfiguration())
        _ = machine.nextBatch(for: "a")
        guard case .start(let worker, let batch) = enqueue(&machine, 1) else {
            Issue.record("a delivery should start an idle worker")
            return
        }
        verify(worker == "a")
        verify(batch.entries.map(\.ticket) == [1])
    }

    @Test func deliveriesGatherWhileABatchIsInFlight() throws {
        var machine = Machine(EventAppenderConfiguration())
        _ = enqueue(&machine, 1)
        let first = try batch(machine.nextBatch(for: "a"))
        for waiter in 2...5 {
            guard case .wait = enqueue(&machine, waiter) else {
                Issue.record("a second batch of the workspace was started")
                return
            }
        }
        guard case .idle = machine.nextBatch(for: "b") else {
            Issue.record("two batches of one workspace are in flight")
            return
        }
        let (waiters, stopped) = machine.complete(first)
        verify(waiters == [1])
        verify(stopped.isEmpty)
        verify(tickets(machine.nextBatch(for: "a")) == [2, 3, 4, 5])
    }

    @Test func workspacesAreServedInTurn() throws {
        var machine = Machine(EventAppenderConfiguration { $0.batchCount = 1 })
        for waiter in 1...3 { _ = enqueue(&machine, waiter, workspace: 1) }
        _ = enqueue(&machine, 4, workspace: 2)
        let first = try batch(machine.nextBatch(for: "a"))
        verify(first.workspace == WorkspaceID(rawValue: 1))
        _ = machine.complete(first)
        verify(tickets(machine.nextBatch(for: "a")) == [4])
        verify(tickets(machine.nextBatch(for: "b")) == [2])
    }

    @Test func batchIsBoundedInNumber() {
        var machine = Machine(EventAppenderConfiguration { $0.batchCount = 3 })
        for waiter in 1...5 { _ = enqueue(&machine, waiter) }
        verify(tickets(machine.nextBatch(for: "a")) == [1, 2, 3])
    }

    @Test func batchIsBoundedInBytes() throws {
        var machine = Machine(EventAppenderConfiguration { $0.batchBytes = 100 })
        for (waiter, size) in [(1, 60), (2, 40), (3, 1)] { _ = enqueue(&machine, waiter, size: size) }
        let first = try batch(machine.nextBatch(for: "a"))
        verify(first.entries.map(\.ticket) == [1, 2])
        _ = machine.complete(first)
        verify(tickets(machine.nextBatch(for: "a")) == [3])
    }

    @Test func largeBodyGoesAlone() throws {
        var machine = Machine(EventAppenderConfiguration { $0.batchBytes = 100 })
        for (waiter, size) in [(1, 500), (2, 1)] { _ = enqueue(&machine, waiter, size: size) }
        verify(tickets(machine.nextBatch(for: "a")) == [1])
    }

    @Test func fullQueueRefuses() throws {
        var machine = Machine(EventAppenderConfiguration { $0.queueCount = 2 })
        _ = enqueue(&machine, 1)
        _ = enqueue(&machine, 2, workspace: 2)
        verify(isRefused(enqueue(&machine, 3, workspace: 3), .queueFull))
        let first = try batch(machine.nextBatch(for: "a"))
        verify(isRefused(enqueue(&machine, 3), .queueFull))
        _ = machine.complete(first)
        verify(!isRefused(enqueue(&machine, 3), .queueFull))
        verify(machine.count == 2)
    }

    @Test func queueIsBoundedInBytes() {
        var machine = Machine(EventAppenderConfiguration { $0.queueBytes = 100 })
        verify(!isRefused(enqueue(&machine, 1, size: 500), .queueFull))
        verify(isRefused(enqueue(&machine, 2, size: 1), .queueFull))
    }

    @Test func expiredDeliveryIsDropped() throws {
        var machine = Machine(EventAppenderConfiguration())
        _ = enqueue(&machine, 1, after: .seconds(1))
        _ = enqueue(&machine, 2, after: .seconds(5))
        let (waiters, _) = machine.expire(now: Self.start + .seconds(2))
        verify(waiters == [1])
        verify(machine.count == 1)
        verify(tickets(machine.nextBatch(for: "a")) == [2])
    }

    @Test func workspaceWithOnlyExpiredDeliveriesIsForgotten() {
        var machine = Machine(EventAppenderConfiguration())
        _ = enqueue(&machine, 1, after: .seconds(1))
        _ = machine.expire(now: Self.start + .seconds(2))
        verify(machine.queues.isEmpty)
        verify(machine.bytes == 0)
        guard case .idle = machine.nextBatch(for: "a") else {
            Issue.record("an expired delivery was appended")
            return
        }
        guard case .start = enqueue(&machine, 2) else {
            Issue.record("the workspace is stuck")
            return
        }
    }

    @Test func expiryInFlightAnswersOnce() throws {
        var machine = Machine(EventAppenderConfiguration())
        _ = enqueue(&machine, 1, after: .seconds(1))
        let first = try batch(machine.nextBatch(for: "a"))
        let (expired, _) = machine.expire(now: Self.start + .seconds(2))
        verify(expired == [1])
        let (waiters, _) = machine.complete(first)
        verify(waiters == [nil])
        verify(machine.count == 0)
    }

    @Test func abandonedDeliveryIsStillAppended() throws {
        var machine = Machine(EventAppenderConfiguration())
        _ = enqueue(&machine, 1)
        verify(machine.abandon(1) == 1)
        verify(machine.abandon(1) == nil)
        let first = try batch(machine.nextBatch(for: "a"))
        verify(first.entries.count == 1)
        verify(machine.complete(first).waiters == [nil])
    }

    @Test func drainFinishesWhatWasAccepted() throws {
        var machine = Machine(EventAppenderConfiguration { $0.batchCount = 1 })
        _ = enqueue(&machine, 1)
        _ = enqueue(&machine, 2)
        let first = try batch(machine.nextBatch(for: "a"))
        guard case .idle = machine.nextBatch(for: "b") else { throw EventLogError(.invalidArgument) }
        verify(machine.drain().isEmpty)
        verify(isRefused(enqueue(&machine, 3), .unavailable))
        verify(machine.complete(first).stopped.isEmpty)
        let second = try batch(machine.nextBatch(for: "a"))
        verify(machine.complete(second).stopped == ["b"])
        guard case .stop = machine.nextBatch(for: "a") else {
            Issue.record("a drained machine keeps its worker")
            return
        }
    }

    @Test func idleDrainStopsWorkers() {
        var machine = Machine(EventAppenderConfiguration())
        _ = machine.nextBatch(for: "a")
        _ = machine.nextBatch(for: "b")
        verify(Set(machine.drain()) == ["a", "b"])
    }

    @Test func closeAnswersEverybody() throws {
        var machine = Machine(EventAppenderConfiguration { $0.batchCount = 1 })
        for waiter in 1...3 { _ = enqueue(&machine, waiter) }
        let first = try batch(machine.nextBatch(for: "a"))
        let (waiters, stopped) = machine.close()
        verify(Set(waiters) == [1, 2, 3])
        verify(stopped.isEmpty)
        verify(machine.count == 1)
        verify(machine.complete(first).waiters == [nil])
        verify(isRefused(enqueue(&machine, 4), .unavailable))
    }

    @Test(arguments: 0..<20)
    func everyDeliveryIsAnsweredOnce(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var machine = Machine(
            EventAppenderConfiguration {
                $0.batchCount = 4
                $0.queueCount = 30
            }
        )
        var answered: [Int: Int] = [:]
        var accepted: Set<Int> = []
        var flying: [AppendBatch] = []
        var inFlight: Set<WorkspaceID> = []
        func fly(_ batch: AppendBatch) {
            verify(inFlight.insert(batch.workspace).inserted)
            flying.append(batch)
        }
        for waiter in 1...2000 {
            switch enqueue(&machine, waiter, workspace: .random(in: 1...5, using: &random)) {
            case .wait: accepted.insert(waiter)
            case .start(_, let batch):
                accepted.insert(waiter)
                fly(batch)
            case .refuse(let code): verify(code == .queueFull)
            }
            if Bool.random(using: &random), case .run(let batch) = machine.nextBatch(for: "w") { fly(batch) }
            if Bool.random(using: &random), let index = flying.indices.randomElement(using: &random) {
                let batch = flying.remove(at: index)
                inFlight.remove(batch.workspace)
                for case .some(let waiter) in machine.complete(batch).waiters { answered[waiter, default: 0] += 1 }
            }
            if Int.random(in: 0..<10, using: &random) == 0, let victim = accepted.randomElement(using: &random),
                let waiter = machine.abandon(UInt64(victim))
            {
                answered[waiter, default: 0] += 1
            }
        }
        for waiter in machine.close().waiters { answered[waiter, default: 0] += 1 }
        for batch in flying {
            for case .some in machine.complete(batch).waiters { Issue.record("answered after close") }
        }
        verify(Set(answered.keys) == accepted)
        verify(answered.values.allSatisfy { $0 == 1 })
        verify(machine.count == 0)
        verify(machine.bytes == 0)
    }
}

/// A small deterministic generator.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
