import EventLog
import Projections
import Testing

/// The list of what was set aside.
@Suite(.timeLimit(.minutes(10)))
struct DeadLetterStoreTests {
    @Test func listIsFilteredAndPaged() async throws {
        try await ProjectionHarness.run { harness in
            let other = try await harness.workspace("other")
            try await harness.append(["a", "b", "c"])
            try await harness.append(["d"], to: other)
            try await harness.project()
            try await harness.project(other)
            try await harness.withPool { pool in
                let store = DeadLetterStore(pool: pool)
                #expect(try await store.list().map(\.address.position.rawValue) == [1, 2, 3, 1])
                #expect(try await store.list(DeadLetterFilter(workspace: other)).map(\.address.workspace) == [other])
                let unknown = DeadLetterFilter(projection: ProjectionName(rawValue: "other"))
                #expect(try await store.list(unknown).isEmpty)
                var filter = DeadLetterFilter(limit: 3)
                filter.after = try await store.list(filter).last?.address
                #expect(try await store.list(filter).map(\.address.workspace) == [other])
                let first = try #require(try await store.list().first)
                #expect(first.reason == "not_json")
                #expect(first.attempts == 1)
                #expect(first.resolvedAt == nil)
                #expect(first.firstFailedAt == first.lastFailedAt)
            }
        }
    }

    @Test func retryOfWhatIsNotThereIsSaid() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append(["a"])
            try await harness.withPool { pool in
                let store = DeadLetterStore(pool: pool)
                func address(_ projection: ProjectionName, _ position: Int64) -> DeadLetter.Address {
                    DeadLetter.Address(
                        workspace: .first,
                        projection: projection,
                        position: Position(rawValue: position)
                    )
                }
                let early = try await store.retry(address(.directory, 1))
                #expect(early == .missing)
                try await harness.project()
                let refused = try await store.retry(address(.directory, 1))
                let missing = try await store.retry(address(.directory, 2))
                #expect(refused == .refused)
                #expect(missing == .missing)
                let error = await #expect(throws: ProjectionError.self) {
                    _ = try await store.retry(address(ProjectionName(rawValue: "none"), 1))
                }
                #expect(error?.code == .unknownProjection)
            }
        }
    }
}
