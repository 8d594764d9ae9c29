import Testing

@testable import EmbeddedPostgres

@Suite(.timeLimit(.minutes(10)))
struct StopwatchTests {
    @Test func timeGoesForwardByWhatIsSlept() async {
        let stopwatch = Stopwatch(ContinuousClock())
        #expect(await stopwatch.sleep(.milliseconds(20)))
        #expect(stopwatch.elapsed() >= .milliseconds(20))
    }

    @Test func cancelledSleepEndsAtOnce() async {
        let stopwatch = Stopwatch(ContinuousClock())
        let slept = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await stopwatch.sleep(.seconds(1_000)) }
            group.cancelAll()
            return await group.next()
        }
        #expect(slept == false)
        #expect(stopwatch.elapsed() < .seconds(30))
    }
}
