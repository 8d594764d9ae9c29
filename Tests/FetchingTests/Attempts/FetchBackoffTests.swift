import Testing

@testable import Fetching

struct FetchBackoffTests {
    private let backoff = FetchBackoff()

    @Test(arguments: [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (100, 60)])
    func objectsWaitDoublesUpToItsLimit(_ attempts: Int, _ seconds: Int) {
        #expect(backoff.delay(attempts: attempts, isOwn: false, jitter: 1) == .seconds(seconds))
        #expect(backoff.delay(attempts: attempts, isOwn: false, jitter: 0) == .seconds(seconds) / 2)
    }

    @Test(arguments: [(1, 1), (7, 64), (12, 2048), (13, 3600), (1000, 3600)])
    func objectThatAloneFailsWaitsUpToAnHour(_ attempts: Int, _ seconds: Int) {
        #expect(backoff.delay(attempts: attempts, isOwn: true, jitter: 1) == .seconds(seconds))
    }

    @Test(arguments: [(1, 0), (2, 0), (3, 1), (4, 2), (7, 16), (8, 30), (1000, 30)])
    func sourcesPauseBeginsWithTheThirdFailureInARow(_ failures: Int, _ seconds: Int) {
        #expect(backoff.pause(failures: failures, requested: nil, jitter: 1) == .seconds(seconds))
    }

    @Test(arguments: [(0, 1), (20, 20), (300, 300), (86_400, 300)])
    func requestedWaitIsGrantedWithinLimits(_ requested: Int, _ seconds: Int) {
        #expect(backoff.pause(failures: 1, requested: .seconds(requested), jitter: 0) == .seconds(seconds))
    }
}
