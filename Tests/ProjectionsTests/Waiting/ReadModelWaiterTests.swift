import EventLog
import Postgres
import PostgresTesting
import Projections
import Testing

/// Reads that wait for a position.
@Suite(.timeLimit(.minutes(10)))
struct ReadModelWaiterTests {
    private func withWaiter(_ body: @escaping @Sendable (ProjectionHarness, ReadModelWaiter) async throws -> Void)
        async throws
    {
        try await ProjectionHarness.run { harness in
            try await harness.withPool { pool in
                let waiter = ReadModelWaiter(pool: pool, logger: TestDatabase.logger)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await waiter.run() }
                    try await body(harness, waiter)
                    group.cancelAll()
                }
            }
        }
    }

    private func wait(
        _ waiter: ReadModelWaiter,
        _ position: Int64,
        workspace: Int64 = 1,
        projection: ProjectionName = .directory,
        within: Duration = .seconds(30)
    ) async throws(ProjectionError) -> Int64 {
        try await waiter.waitUntil(
            WorkspaceID(rawValue: workspace),
            projection,
            reaches: Position(rawValue: position),
            deadline: .now + within
        ).rawValue
    }

    @Test func positionReachedElsewhereIsSeen() async throws {
        try await withWaiter { harness, waiter in
            try await harness.append((1...3).map { ContactEvent(id: $0, entity: "c", second: $0).body })
            try await withThrowingTaskGroup(of: Int64.self) { group in
                for position in 1...3 { group.addTask { try await wait(waiter, Int64(position)) } }
                try await harness.project()
                for try await reached in group { #expect(reached == 3) }
            }
        }
    }

    @Test func positionAboveTheHeadFailsAtOnce() async throws {
        try await withWaiter { harness, waiter in
            try await harness.append([ContactEvent(id: 1, entity: "c", second: 1).body])
            let error = await #expect(throws: ProjectionError.self) { _ = try await wait(waiter, 2) }
            #expect(error?.code == .positionBeyondHead)
            #expect(error?.position == Position(rawValue: 1))
        }
    }

    @Test func deadlineTellsThePosition() async throws {
        try await withWaiter { harness, waiter in
            try await harness.append((1...3).map { ContactEvent(id: $0, entity: "c", second: $0).body })
            try await harness.step(limit: 2)
            let error = await #expect(throws: ProjectionError.self) {
                _ = try await wait(waiter, 3, within: .milliseconds(300))
            }
            #expect(error?.code == .waitTimedOut)
            #expect(error?.position == Position(rawValue: 2))
        }
    }

    @Test func unknownWorkspaceIsSaid() async throws {
        try await withWaiter { _, waiter in
            let error = await #expect(throws: ProjectionError.self) { _ = try await wait(waiter, 1, workspace: 99) }
            #expect(error?.code == .unknownProjection)
        }
    }

    @Test func cancelledCallerIsReleased() async throws {
        try await withWaiter { harness, waiter in
            try await harness.append([ContactEvent(id: 1, entity: "c", second: 1).body])
            await withTaskGroup(of: ProjectionError.Code?.self) { group in
                group.addTask {
                    do throws(ProjectionError) {
                        _ = try await wait(waiter, 1)
                        return nil
                    } catch {
                        return error.code
                    }
                }
                group.cancelAll()
                #expect(await group.next() == .cancelled)
            }
        }
    }

    @Test func noticeOfTheProjectorIsEnough() async throws {
        try await withWaiter { harness, waiter in
            try await harness.append([ContactEvent(id: 1, entity: "c", second: 1).body])
            try await withThrowingTaskGroup(of: Int64?.self) { group in
                group.addTask { try await wait(waiter, 1) }
                group.addTask {
                    while !Task.isCancelled {
                        waiter.advanced(.first, .directory, to: Position(rawValue: 7))
                        await Task.yield()
                    }
                    return nil
                }
                let reached = try await group.next()
                group.cancelAll()
                #expect(reached == 7)
            }
        }
    }
}
