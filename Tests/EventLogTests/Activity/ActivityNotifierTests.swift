import EventLog
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct ActivityNotifierTests {
    private func withNotifiers(
        _ activities: [LogActivity],
        on log: LogDatabase,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for activity in activities {
                let notifier = ActivityNotifier(
                    pool: log.pool,
                    configuration: log.configuration,
                    activity: activity,
                    logger: TestDatabase.logger
                )
                group.addTask { try await notifier.run() }
            }
            let listening =
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            try await until { try await log.value(listening, as: Int64.self) == Int64(activities.count) }
            try await body()
            group.cancelAll()
        }
    }

    /// Waits for news that names a workspace; what came before the listening began names none.
    private func named(_ subscription: LogActivitySubscription) async -> Set<WorkspaceID> {
        while let touched = await subscription.next() {
            if !touched.workspaces.isEmpty { return touched.workspaces }
        }
        return []
    }

    @Test func newsReachesAnotherProcess() async throws {
        let log = try LogDatabase.required()
        let (here, there) = (LogActivity(), LogActivity())
        let subscription = there.subscribe()
        try await withNotifiers([here, there], on: log) {
            here.appended(WorkspaceID(rawValue: 7))
            #expect(await self.named(subscription) == [WorkspaceID(rawValue: 7)])
        }
    }

    @Test func processThatIsAboutToEndCanTellAtOnce() async throws {
        let log = try LogDatabase.required()
        let there = LogActivity()
        let subscription = there.subscribe()
        try await withNotifiers([there], on: log) {
            let ending = ActivityNotifier(
                pool: log.pool,
                configuration: log.configuration,
                activity: LogActivity(),
                logger: TestDatabase.logger
            )
            await ending.announce(WorkspaceID(rawValue: 7))
            #expect(await self.named(subscription) == [WorkspaceID(rawValue: 7)])
        }
    }

    @Test func newsIsNotSentBackAndForth() async throws {
        let log = try LogDatabase.required()
        let (first, second) = (LogActivity(), LogActivity())
        let own = second.subscribe(to: .here)
        let heard = second.subscribe()
        try await withNotifiers([first, second], on: log) {
            first.appended(WorkspaceID(rawValue: 7))
            #expect(await self.named(heard) == [WorkspaceID(rawValue: 7)])
            second.appended(WorkspaceID(rawValue: 8))
            #expect(await own.next()?.workspaces == [WorkspaceID(rawValue: 8)])
        }
    }

    @Test func burstIsFewNotifications() async throws {
        let log = try LogDatabase.required()
        let activity = LogActivity()
        try await log.database.withConnection { listener in
            try await listener.listen(["hooklog_activity"])
            try await withNotifiers([activity], on: log) {
                let clock = ContinuousClock()
                let start = clock.now
                var count = 0
                while count < 1_000 || clock.now - start < .milliseconds(400) {
                    count += 1
                    activity.appended(WorkspaceID(rawValue: 1))
                    await Task.yield()
                }
                let elapsed = clock.now - start
                let received = try await listener.waitForNotifications(until: .now + .seconds(5))
                #expect(!received.isEmpty)
                #expect(received.allSatisfy { $0.payload == "1" })
                #expect(received.count <= Int(elapsed / .milliseconds(50)) + 2)
                #expect(count > received.count)
            }
        }
    }

    @Test func brokenListenerComesBackAndTells() async throws {
        let log = try LogDatabase.required()
        let activity = LogActivity()
        let subscription = activity.subscribe()
        try await withNotifiers([activity], on: log) {
            #expect(await subscription.next() == TouchedWorkspaces(isComplete: false))
            try await log.script(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND query LIKE 'LISTEN%'
                """
            )
            #expect(await subscription.next() == TouchedWorkspaces(isComplete: false))
            try await log.script("NOTIFY hooklog_activity, '3'")
            #expect(await self.named(subscription) == [WorkspaceID(rawValue: 3)])
        }
    }
}
