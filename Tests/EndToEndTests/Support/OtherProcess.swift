import AsyncHTTPClient
import Foundation

/// Waiting for what another process does: it has no signal to give but its answer, so it is asked again and again.
enum OtherProcess {
    /// It did not do it.
    struct Failure: Error {
        let expectation: String
        /// What it last said.
        let log: String
    }

    /// Returns when `isDone` says so; throws when the time has passed, or what `isDone` throws.
    static func wait(
        for expectation: String,
        within limit: Duration = .seconds(90),
        isolation: isolated (any Actor)? = #isolation,
        log: () -> String = { "" },
        until isDone: () async throws -> Bool
    ) async throws {
        let deadline = ContinuousClock.now + limit
        while try await !isDone() {
            guard ContinuousClock.now < deadline else { throw Failure(expectation: expectation, log: log()) }
            // Another process tells nothing unless it is asked, and asking costs it something.
            try await Task.sleep(for: .milliseconds(10))
        }
    }

    /// Whether `/readyz` of an admin listener answers 200.
    static func isReady(_ adminURL: String) async -> Bool {
        let request = HTTPClientRequest(url: adminURL + "/readyz")
        guard let answer = try? await HTTPClient.shared.execute(request, timeout: .seconds(5)) else { return false }
        _ = try? await answer.body.collect(upTo: 1 << 20)
        return answer.status == .ok
    }
}
