import Locking
import Testing

@Suite(.timeLimit(.minutes(10)))
struct LockedTests {
    private final class Counter: Sendable {
        let value = Locked(0)
    }

    private struct Refusal: Error {}

    @Test func concurrentChangesAllCount() async {
        let counter = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 { counter.value.withLock { $0 += 1 } }
                }
            }
        }
        #expect(counter.value.withLock { $0 } == 8000)
    }

    @Test func throwingReleasesTheLock() {
        let counter = Counter()
        #expect(throws: Refusal.self) {
            try counter.value.withLock { (value: inout Int) throws(Refusal) in
                value = 5
                throw Refusal()
            }
        }
        #expect(counter.value.withLock { $0 } == 5)
    }
}
