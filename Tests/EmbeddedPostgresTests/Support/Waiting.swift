import Testing

@testable import EmbeddedPostgres

/// What a condition in another process did not become true for.
struct NeverTrue: Error {}

/// Waits for what another process does and does not announce; throws when it has not within `seconds`.
func eventually(within seconds: Int = 45, _ condition: () async throws -> Bool) async throws {
    let end = ContinuousClock.now + .seconds(seconds)
    while try await !condition() {
        guard .now < end, await hasSlept(.milliseconds(20)) else {
            throw NeverTrue()
        }
    }
}
