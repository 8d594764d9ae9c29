import Testing

@testable import Postgres

/// Random histories: whatever the order of events, limits hold and nobody is forgotten.
@Suite struct PoolStateMachineRandomTests {
    private struct Generator: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    private struct World: ~Copyable {
        var machine = PoolStateMachine<Int, Int>(size: 3, waiterLimit: 5, idleCheck: .seconds(30))
        var now = ContinuousClock.now
        var lent: [Int] = []
        var openers: [Int] = []
        var waiting: [Int] = []
        var requests = 0
        var connections = 0

        mutating func accept(_ grant: PoolStateMachine<Int, Int>.Grant, for request: Int) {
            switch grant {
            case .lend(let connection), .check(let connection): lent.append(connection)
            case .open: openers.append(request)
            }
        }

        mutating func deliver(_ delivery: PoolStateMachine<Int, Int>.Delivery?) {
            guard let delivery else { return }
            verify(waiting.first == delivery.request)
            waiting.removeAll { $0 == delivery.request }
            accept(delivery.grant, for: delivery.request)
        }

        mutating func lease() {
            requests += 1
            switch machine.lease(requests, now: now) {
            case .grant(let grant): accept(grant, for: requests)
            case .wait: waiting.append(requests)
            case .refuseExhausted: verify(waiting.count >= 5)
            case .refuseClosed: Issue.record("the pool is open")
            }
        }

        mutating func step(_ choice: Int, succeeds: Bool) {
            switch choice {
            case 0, 1: lease()
            case 2: finishOpening(succeeds: succeeds)
            case 3:
                guard let connection = lent.popLast() else { return }
                deliver(machine.release(connection, reusable: succeeds, now: now).delivery)
            case 4:
                guard let request = waiting.last else { return }
                verify(machine.abandon(request))
                waiting.removeLast()
            default: now += .milliseconds(700)
            }
        }

        mutating func finishOpening(succeeds: Bool) {
            guard let request = openers.popLast() else { return }
            if succeeds {
                connections += 1
                lent.append(connections)
                for delivery in machine.opened() { deliver(delivery) }
                return
            }
            switch machine.openFailed(request, now: now, jitter: 0.5) {
            case .retry: openers.append(request)
            case .wait: waiting.insert(request, at: 0)
            case .fail: Issue.record("the pool is open")
            }
        }

        borrowing func check() {
            verify(machine.leased == lent.count)
            verify(machine.opening == openers.count)
            verify(machine.waitingCount == waiting.count)
            verify(machine.idleCount + machine.leased + machine.opening <= 3)
            // Somebody who can serve the waiters is always at work.
            verify(waiting.isEmpty || !lent.isEmpty || !openers.isEmpty)
            verify(waiting.isEmpty || machine.idleCount == 0 || machine.isAway)
        }
    }

    @Test(arguments: UInt64(1)...40)
    func limitsHoldInRandomHistories(seed: UInt64) {
        var generator = Generator(state: seed)
        var world = World()
        for _ in 0..<500 {
            world.step(Int.random(in: 0...5, using: &generator), succeeds: Bool.random(using: &generator))
            world.check()
        }
        verify(world.connections > 0)
    }
}
