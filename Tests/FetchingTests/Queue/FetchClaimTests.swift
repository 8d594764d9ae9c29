import EventLog
import Postgres
import PostgresTesting
import Testing

@testable import Connectors
@testable import Fetching

/// How objects are taken, struck off and given back.
@Suite(.database, .timeLimit(.minutes(10)))
struct FetchClaimTests {
    private func waiting(_ fixture: FetchFixture) async throws -> [String] {
        try await fixture.texts("SELECT entity_id FROM hooklog.fetch WHERE claim IS NULL ORDER BY entity_id")
    }

    @Test func fetchedObjectBecomesAnEventAndIsStruckOff() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.created", "cus_1")
            try await fixture.plan()
            let claim = try await fixture.claim()
            #expect(claim.entityType == "customer")
            #expect(claim.entityID == "cus_1")
            #expect(claim.attempts == 1)
            #expect(claim.failures == 0)
            #expect(claim.settings.fetch?.baseURL == "http://127.0.0.1:9/api")
            #expect(
                try fixture.sealer.open(claim.sealedToken, at: fixture.tokenAddress) == FetchFixture.token
            )
            #expect(try await fixture.complete(claim)?.rawValue == 2)
            let event = try await fixture.value(
                """
                SELECT concat_ws('|', type, entity_type, entity_id, livemode, headers ->> 'hooklog-asked-by', actor, source_id = \(fixture.source.number),
                    payload #>> '{data,name}', to_char(occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
                FROM hooklog.event WHERE position = 2
                """,
                as: String.self
            )
            #expect(event == "customer.updated|customer|cus_1|t|1|fetch|t|Acme|\(claim.observedAt)")
            #expect(try await fixture.value("SELECT count(*) FROM hooklog.fetch", as: Int64.self) == 0)
            #expect(try await fixture.queue.claim(fixture.source, lease: .seconds(1)) == nil)
        }
    }

    @Test func eventThatComesWhileAFetchIsInHandHasItDoneAgain() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            let first = try await fixture.claim()
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            #expect(try await fixture.queue.claim(fixture.source, lease: .seconds(1)) == nil)
            #expect(try await fixture.complete(first, name: "Old") != nil)
            let second = try await fixture.claim()
            #expect(second.attempts == 1)
            #expect(try await fixture.complete(second, name: "New") != nil)
            #expect(try await fixture.fetched() == ["customer.updated cus_1 Old", "customer.updated cus_1 New"])
            #expect(
                try await fixture.texts(
                    "SELECT headers ->> 'hooklog-asked-by' FROM hooklog.event WHERE actor = 'fetch' ORDER BY position"
                ) == ["1", "2"]
            )
        }
    }

    @Test func claimThatRanOutPassesToAnotherAndTheFirstAppendsNothing() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            let dead = try await fixture.claim(lease: .zero)
            let alive = try await fixture.claim()
            #expect(alive.attempts == 2)
            #expect(alive.claim != dead.claim)
            #expect(try await fixture.complete(dead, name: "Dead") == nil)
            let late = try await fixture.queue.fail(
                dead,
                problem: "late",
                delay: .zero,
                blame: .api(pause: .seconds(60))
            )
            #expect(late == nil)
            #expect(try await fixture.complete(alive, name: "Alive") != nil)
            #expect(try await fixture.complete(alive, name: "Twice") == nil)
            #expect(try await fixture.fetched() == ["customer.updated cus_1 Alive"])
        }
    }

    @Test func objectIsTakenByOneOfManyAtOnce() async throws {
        try await FetchFixture.with { fixture in
            for number in 1...8 { try await fixture.notify("customer.updated", "cus_\(number)") }
            try await fixture.plan()
            let taken = try await withThrowingTaskGroup(of: String?.self) { group in
                for _ in 0..<24 {
                    group.addTask { try await fixture.queue.claim(fixture.source, lease: .seconds(30))?.entityID }
                }
                return try await group.reduce(into: [String]()) { taken, id in if let id { taken.append(id) } }
            }
            var all = taken
            while let claim = try await fixture.queue.claim(fixture.source, lease: .seconds(30)) {
                all.append(claim.entityID)
            }
            #expect(all.sorted() == (1...8).map { "cus_\($0)" })
        }
    }

    @Test func failedObjectWaitsAndOthersGoOn() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.notify("customer.updated", "cus_2")
            try await fixture.plan()
            let claim = try await fixture.claim()
            try await fixture.queue.fail(claim, problem: "It failed.", delay: .seconds(60), blame: .own)
            let other = try await fixture.claim()
            #expect(other.entityID != claim.entityID)
            #expect(try await fixture.queue.claim(fixture.source, lease: .seconds(1)) == nil)
            #expect(try await fixture.queue.pending().first?.dueIn.map { $0 > .seconds(20) } == true)
            let status = try await fixture.store.fetchStatus(of: fixture.source)
            #expect(status.waiting == 2)
            #expect(status.problem == "It failed.")
            #expect(status.waitingSince != nil)
        }
    }

    @Test func failingAPIIsLeftAloneAndThenTriedWithOneObjectAtATime() async throws {
        try await FetchFixture.with { fixture in
            for number in 1...3 { try await fixture.notify("customer.updated", "cus_\(number)") }
            try await fixture.plan()
            try await fixture.queue.fail(
                try await fixture.claim(),
                problem: "down",
                delay: .seconds(60),
                blame: .api(pause: .seconds(60))
            )
            #expect(try await fixture.queue.claim(fixture.source, lease: .seconds(30)) == nil)
            #expect(try await fixture.queue.pending().first?.dueIn.map { $0 > .seconds(50) } == true)
            try await fixture.script("UPDATE hooklog.source_fetch SET paused_until = now()")
            let probe = try await fixture.claim()
            #expect(probe.failures == 1)
            #expect(try await fixture.queue.claim(fixture.source, lease: .seconds(30)) == nil)
            _ = try await fixture.complete(probe)
            #expect(try await fixture.claim().failures == 0)
            #expect(try await fixture.store.fetchStatus(of: fixture.source).problem == "down")
        }
    }

    @Test func answerAboutAnObjectAloneEndsTheFailuresOfTheAPI() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            try await fixture.fail(try await fixture.claim(), "down", blame: .api(pause: .zero))
            let probe = try await fixture.claim()
            #expect(probe.failures == 1)
            try await fixture.fail(probe, "odd", blame: .own)
            #expect(try await fixture.claim().failures == 0)
            #expect(try await fixture.store.fetchStatus(of: fixture.source).problem == "odd")
        }
    }

    @Test func unconfiguredAndDisabledSourcesAreNotFetchedButForgetNothing() async throws {
        try await FetchFixture.with(isConfigured: false) { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            #expect(try await fixture.plan() == 1)
            #expect(try await fixture.queue.claim(fixture.source, lease: .seconds(1)) == nil)
            let settings = FetchSourceSettings(baseURL: "https://api.example", workspace: "acc_1")
            try await fixture.store.configureFetch(fixture.source, settings, token: "t")
            try await fixture.store.disable(fixture.source)
            #expect(try await fixture.queue.claim(fixture.source, lease: .seconds(1)) == nil)
            try await fixture.store.enable(fixture.source)
            #expect(try await fixture.claim().settings.fetch?.baseURL == settings.baseURL)
        }
    }

    @Test func newTokenHasWhatWaitsTriedAtOnce() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            let claim = try await fixture.claim()
            try await fixture.queue.fail(claim, problem: "no", delay: .seconds(600), blame: .api(pause: .seconds(600)))
            let settings = try #require(claim.settings.fetch)
            try await fixture.store.configureFetch(fixture.source, settings, token: "sk_new")
            let again = try await fixture.claim()
            #expect(try fixture.sealer.open(again.sealedToken, at: fixture.tokenAddress) == "sk_new")
        }
    }

    /// What is fetched later shows, also when the log holds an event of the object from the future.
    @Test func fetchedStateIsNeverOlderThanWhatTheLogHeldBefore() async throws {
        try await FetchFixture.with { fixture in
            let ahead = try await fixture.value(
                "SELECT to_char(now() AT TIME ZONE 'UTC' + interval '2 minutes', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
                as: String.self
            )
            let whole =
                #"{"event":"customer.updated","object_id":"cus_1","occurred_at":"\#(ahead)","livemode":true,"data":{"id":"cus_1"}}"#
            _ = try await fixture.append(Array(whole.utf8), to: fixture.source, connector: .piriod)
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            let claim = try await fixture.claim()
            #expect(claim.observedAt == ahead)
        }
    }

    @Test func absentObjectBecomesADeletion() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("orgunit.updated", "12")
            try await fixture.plan()
            let claim = try await fixture.claim()
            let body = PiriodAPI().event(of: .absent, claim, from: FetchSourceSettings(baseURL: "", workspace: ""))
            _ = try await fixture.queue.complete(claim, FetchedEvent(body, .piriod))
            #expect(try await fixture.fetched() == ["orgunit.deleted 12"])
            #expect(
                try await fixture.value("SELECT (payload -> 'data')::text FROM hooklog.event WHERE position = 2")
                    == #"{"id": 12}"#
            )
        }
    }
}

/// What the service's role may do with them.
@Suite(.database, .timeLimit(.minutes(10)))
struct FetchPrivilegeTests {
    @Test func serviceRoleSufficesAndCannotTouchTheTables() async throws {
        try await FetchFixture.with { fixture in
            var connection = fixture.database.configuration
            connection.sessionStatements += [PostgresStatement(name: "set_role", sql: "SET ROLE hooklog_service")]
            let pool = PostgresPool(PostgresPoolConfiguration(patient: connection), logger: TestDatabase.logger)
            let queue = FetchQueue(pool: pool)
            try await fixture.notify("customer.updated", "cus_1")
            #expect(try await queue.plan(fixture.workspace, maxEvents: 10).planned == 1)
            #expect(try await queue.pending().count == 1)
            #expect(try await queue.counts()?.waiting == 1)
            let claim = try #require(try await queue.claim(fixture.source, lease: .seconds(5)))
            try await queue.fail(claim, problem: "p", delay: .zero, blame: .api(pause: .zero))
            let again = try #require(try await queue.claim(fixture.source, lease: .seconds(5)))
            #expect(try await queue.complete(again, FetchedEvent(Array("{}".utf8), .piriod)) != nil)
            let store = SourceStore(pool: pool, senders: .known, sealer: fixture.sealer)
            try await store.configureFetch(
                fixture.source,
                FetchSourceSettings(baseURL: "http://127.0.0.1:9", workspace: "acc_2"),
                token: nil
            )
            _ = try await store.fetchStatus(of: fixture.source)
            let error = await #expect(throws: PostgresError.self) {
                try await pool.query(PostgresStatement(name: "x", sql: "DELETE FROM hooklog.fetch"))
            }
            #expect(error?.code == .insufficientPrivilege)
            await pool.shutdown(deadline: .now + .seconds(5))
        }
    }
}
