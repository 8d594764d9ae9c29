import Testing

@testable import EmbeddedPostgres

@Suite(.timeLimit(.minutes(10)))
struct SleepTests {
    @Test func sleepLastsAsLongAsAsked() async {
        let start = ContinuousClock.now
        #expect(await hasSlept(.milliseconds(20)))
        #expect(ContinuousClock.now - start >= .milliseconds(20))
    }

    @Test func cancelledSleepEndsAtOnce() async {
        let start = ContinuousClock.now
        let slept = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await hasSlept(.seconds(1_000)) }
            group.cancelAll()
            return await group.next()
        }
        #expect(slept == false)
        #expect(ContinuousClock.now - start < .seconds(30))
    }
}
