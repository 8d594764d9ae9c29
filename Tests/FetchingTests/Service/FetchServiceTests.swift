import EventLog
import Postgres
import PostgresTesting
import ServiceLifecycle
import Testing

@testable import Connectors
@testable import Fetching

/// The service over a vendor that is slow, failing, or gone.
@Suite(.database, .timeLimit(.minutes(10)))
struct FetchServiceTests {
    private static func fetched(_ fixture: FetchFixture, _ count: Int) async throws {
        try await until { try await fixture.fetched().count >= count }
    }

    @Test func thinEventBecomesTheFetchedObject() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            vendor.has("cus_1", name: "Acme")
            try await fixture.withService(over: vendor) {
                try await fixture.notify("customer.created", "cus_1")
                try await Self.fetched(fixture, 1)
            }
            #expect(try await fixture.fetched() == ["customer.updated cus_1 Acme"])
            let request = try #require(vendor.requests.first)
            #expect(request.url == "http://127.0.0.1:9/api/customers/cus_1/")
            #expect(request.headers.contains { $0.value == "Token \(FetchFixture.token)" })
        }
    }

    @Test func wakeUpHasItFetchedWithoutWaitingForTheSweep() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            let activity = LogActivity()
            var configuration = FetchConfiguration.quick
            configuration.sweepInterval = .seconds(3600)
            try await fixture.withService(over: vendor, activity: activity, configuration: configuration) {
                try await until {
                    try await fixture.value("SELECT count(*) FROM hooklog.fetch_checkpoint", as: Int64.self) == 1
                }
                try await fixture.notify("customer.created", "cus_1")
                activity.appended(fixture.workspace)
                await vendor.waitForRequest(of: "cus_1")
                try await Self.fetched(fixture, 1)
            }
        }
    }

    @Test func sourceMadeLaterIsNoticedAtOnce() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            var configuration = FetchConfiguration.quick
            configuration.sweepInterval = .seconds(3600)
            try await fixture.withService(over: vendor, configuration: configuration) {
                try await until {
                    try await fixture.value(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'",
                        as: Int64.self
                    ) == 1
                }
                let settings = FetchSourceSettings(baseURL: "http://127.0.0.1:9", workspace: "acc_2")
                let other = try await fixture.store.create(
                    SourceDraft(
                        workspace: fixture.workspace,
                        connector: .piriod,
                        name: "second",
                        settings: SourceSettings(fetch: settings),
                        fetchToken: "t"
                    )
                ).source
                try await fixture.notify("customer.created", "cus_2", source: other)
                try await fixture.store.configureFetch(other, settings, token: nil)
                await vendor.waitForRequest(of: "cus_2")
            }
        }
    }

    @Test func absentObjectBecomesADeletionAndComesBack() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            try await fixture.withService(over: vendor) {
                try await fixture.notify("contact.updated", "con_1")
                try await Self.fetched(fixture, 1)
                vendor.has("con_1", name: "Ann")
                try await fixture.notify("contact.updated", "con_1")
                try await Self.fetched(fixture, 2)
            }
            #expect(try await fixture.fetched() == ["contact.deleted con_1", "contact.updated con_1 Ann"])
            #expect(vendor.asked == ["con_1", "con_1", "con_1"], "a first absence is not believed")
            #expect(
                try await fixture.value(
                    "SELECT bool_and(occurred_at > before) FROM (SELECT occurred_at, lag(occurred_at) OVER (ORDER BY position) AS before FROM hooklog.event WHERE actor = 'fetch') AS e",
                    as: Bool.self
                )
            )
        }
    }

    /// Another failure before an absence does not make it the second one.
    @Test func firstAbsenceAfterAFailureIsNotBelieved() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            let failure = FetchProblem(.serverError, status: 500)
            vendor.answerFirst("cus_1", [.failure(failure), .failure(failure), .success(FakeVendor.absence)])
            vendor.has("cus_1", name: "Acme")
            try await fixture.withService(over: vendor) {
                try await fixture.notify("customer.updated", "cus_1")
                try await Self.fetched(fixture, 1)
            }
            #expect(try await fixture.fetched() == ["customer.updated cus_1 Acme"])
            #expect(vendor.asked.count == 4)
        }
    }

    @Test(arguments: [
        FetchProblem(.unreachable), FetchProblem(.serverError, status: 500), FetchProblem(.unauthorized, status: 401),
        FetchProblem(.notTheObject), FetchProblem(.tooLarge),
    ])
    func failuresAreRetriedUntilTheAPIIsBack(_ problem: FetchProblem) async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            vendor.answerOtherwise(.failure(problem))
            try await fixture.withService(over: vendor) {
                for number in 1...5 { try await fixture.notify("customer.updated", "cus_\(number)") }
                try await until { vendor.asked.count >= 12 }
                #expect(try await fixture.fetched().isEmpty)
                #expect(try await fixture.store.fetchStatus(of: fixture.source).problem == problem.description)
                for number in 1...5 { vendor.has("cus_\(number)", name: "n\(number)") }
                try await Self.fetched(fixture, 5)
            }
            #expect(try await fixture.fetched().sorted() == (1...5).map { "customer.updated cus_\($0) n\($0)" })
            let status = try await fixture.store.fetchStatus(of: fixture.source)
            #expect(status.isConfigured)
            #expect(status.waiting == 0)
            #expect(status.waitingSince == nil)
            #expect(status.problem == nil)
        }
    }

    @Test(arguments: [FetchProblem(.serverError, status: 500), FetchProblem(.unauthorized, status: 403)])
    func objectsThatAlwaysFailHoldUpNobody(_ problem: FetchProblem) async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            vendor.answerOtherwise(.failure(problem))
            try await fixture.withService(over: vendor) {
                for number in 1...20 { try await fixture.notify("customer.updated", "cus_\(number)") }
                try await until { vendor.asked.count > 20 }
                for number in 21...40 {
                    vendor.has("cus_\(number)", name: "n")
                    try await fixture.notify("customer.updated", "cus_\(number)")
                }
                try await Self.fetched(fixture, 20)
            }
            let left = try await fixture.texts("SELECT entity_id FROM hooklog.fetch")
            #expect(left.sorted() == (1...20).map { "cus_\($0)" }.sorted())
        }
    }

    @Test func slowObjectHoldsUpNeitherOthersNorTheLog() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            let opened = vendor.hold("cus_1")
            for number in 1...9 { vendor.has("cus_\(number)", name: "n") }
            try await fixture.withService(over: vendor) {
                try await fixture.notify("customer.updated", "cus_1")
                await vendor.waitForRequest(of: "cus_1")
                for number in 2...9 { try await fixture.notify("customer.updated", "cus_\(number)") }
                try await Self.fetched(fixture, 8)
                #expect(vendor.mostInHand <= FetchConfiguration.quick.sourceConcurrency)
                try await fixture.notify("customer.updated", "cus_1")
                try await fixture.notify("customer.updated", "cus_1")
                // Both notifications are read: one that is read later has the object fetched once more.
                try await until {
                    try await fixture.value(
                        """
                        SELECT count(*) FROM hooklog.fetch WHERE position > claimed_position AND position = (
                            SELECT max(position) FROM hooklog.event WHERE entity_type = 'notification'
                        )
                        """,
                        as: Int64.self
                    ) == 1
                }
                opened.yield()
                opened.yield()
                try await Self.fetched(fixture, 10)
            }
            #expect(vendor.asked.count { $0 == "cus_1" } == 2)
        }
    }

    @Test func answerThatNeverComesIsGivenUp() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            vendor.ignore("cus_1")
            var configuration = FetchConfiguration.quick
            configuration.requestTimeout = .milliseconds(50)
            try await fixture.withService(over: vendor, configuration: configuration) {
                try await fixture.notify("customer.updated", "cus_1")
                try await until {
                    try await fixture.store.fetchStatus(of: fixture.source).problem
                        == FetchProblem(.timeout).description
                }
            }
        }
    }

    /// Limits are hit while others succeed.
    @Test func askedForWaitIsKeptThoughOthersSucceed() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            let opened = vendor.hold("cus_1")
            vendor.has("cus_1", name: "n")
            vendor.answerOtherwise(.failure(FetchProblem(.rateLimited, status: 429, retryAfter: .seconds(60))))
            let isPaused =
                "SELECT coalesce(bool_and(paused_until > now() + interval '20 seconds'), false) FROM hooklog.source_fetch"
            try await fixture.withService(over: vendor) {
                try await fixture.notify("customer.updated", "cus_1")
                await vendor.waitForRequest(of: "cus_1")
                for number in 2...9 { try await fixture.notify("customer.updated", "cus_\(number)") }
                try await until { try await fixture.value(isPaused, as: Bool.self) }
                opened.finish()
                try await Self.fetched(fixture, 1)
                #expect(try await fixture.value(isPaused, as: Bool.self))
            }
            #expect(vendor.asked.count <= FetchConfiguration.quick.sourceConcurrency)
        }
    }

    /// The service is stopped in the middle of everything again and again, as by a kill; another one goes on.
    @Test func killedServicesLoseNothing() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            for number in 1...40 { vendor.has("cus_\(number)", name: "n") }
            var configuration = FetchConfiguration.quick
            configuration.lease = .milliseconds(200)
            for round in 0..<4 {
                for number in 1...10 { try await fixture.notify("customer.updated", "cus_\(round * 10 + number)") }
                let before = vendor.asked.count
                try await fixture.withService(over: vendor, configuration: configuration) {
                    try await until { vendor.asked.count > before }
                }
            }
            try await fixture.withService(over: vendor, configuration: configuration) {
                try await until {
                    try await fixture.value(
                        "SELECT count(DISTINCT entity_id) FROM hooklog.event WHERE actor = 'fetch'",
                        as: Int64.self
                    ) == 40
                }
            }
            #expect(try await fixture.value("SELECT max(position) = count(*) FROM hooklog.event", as: Bool.self))
            let snapshots = "SELECT count(*) FROM hooklog.event WHERE actor = 'fetch'"
            #expect(try await fixture.value(snapshots, as: Int64.self) == 40)
        }
    }

    @Test func severalServicesFetchEachObjectOnce() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            for number in 1...60 { vendor.has("cus_\(number)", name: "n") }
            try await fixture.withService(over: vendor) {
                try await fixture.withService(over: vendor) {
                    for number in 1...60 { try await fixture.notify("customer.updated", "cus_\(number)") }
                    try await Self.fetched(fixture, 60)
                }
            }
            #expect(vendor.asked.sorted() == (1...60).map { "cus_\($0)" }.sorted())
        }
    }

    @Test func gracefulShutdownFinishesTheRequestInHand() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            let opened = vendor.hold("cus_1")
            vendor.has("cus_1", name: "Acme")
            try await fixture.notify("customer.updated", "cus_1")
            let service = FetchService(
                pool: fixture.pool,
                connection: fixture.database.configuration,
                sealer: fixture.sealer,
                apis: [PiriodAPI()],
                activity: LogActivity(),
                configuration: .quick,
                transport: vendor,
                jitter: { 0 },
                logger: TestDatabase.logger
            )
            let services = ServiceGroup(services: [service], logger: TestDatabase.logger)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await services.run() }
                await vendor.waitForRequest(of: "cus_1")
                await services.triggerGracefulShutdown()
                opened.yield()
                try await group.waitForAll()
            }
            #expect(try await fixture.fetched() == ["customer.updated cus_1 Acme"])
        }
    }
}
