import Testing

@testable import Postgres

@Suite(.timeLimit(.minutes(10)))
struct PromiseTests {
    @Test func firstValueCounts() async {
        let promise = Promise<Int>()
        #expect(!promise.isFulfilled)
        #expect(promise.fulfil(1))
        #expect(!promise.fulfil(2))
        #expect(await promise.value() == 1)
    }

    @Test(arguments: 0..<50)
    func waitingTaskGetsTheValue(value: Int) async {
        let promise = Promise<Int>()
        await withTaskGroup(of: Void.self) { group in
            group.addTask { promise.fulfil(value) }
            #expect(await promise.value() == value)
        }
    }
}
