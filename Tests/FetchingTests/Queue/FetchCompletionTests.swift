import EventLog
import Postgres
import PostgresTesting
import Testing

@testable import Connectors
@testable import Fetching

/// Nothing that was fetched is lost, and nothing that was fetched in the wrong way is kept.
@Suite(.database, .timeLimit(.minutes(10)))
struct FetchCompletionTests {
    /// Appends an event under an id of the sender's, as an import does.
    private func append(_ id: String, to fixture: FetchFixture) async throws {
        try await fixture.script(
            """
            SELECT hooklog.append(
                \(fixture.workspace.rawValue), ARRAY[\(fixture.source.number)], ARRAY['piriod'], ARRAY['\(id)'],
                '{NULL}', '{x.y}', '{notification}', '{z}', '{NULL}', '{NULL}', '{NULL}', '{"{}"}', ARRAY['{"event":"x.y","object_id":"z"}'::bytea])
            """
        )
    }

    @Test func idsOfEventsThatCameFromAnotherLogStandInNoFetchesWay() async throws {
        try await FetchFixture.with { fixture in
            for position in 1...4 { try await append("fetch:\(position)", to: fixture) }
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            #expect(try await fixture.complete(try await fixture.claim()) != nil)
            #expect(try await fixture.fetched() == ["customer.updated cus_1 Acme"])
            #expect(try await fixture.value("SELECT count(*) FROM hooklog.delivery_conflict", as: Int64.self) == 0)
        }
    }

    @Test func objectIsNotStruckOffUnlessItsEventIsNew() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            let claim = try await fixture.claim(lease: .zero)
            try await append("fetch:\(claim.claim.uuidString.lowercased())", to: fixture)
            await #expect(throws: PostgresError.self) { try await fixture.complete(claim) }
            #expect(try await fixture.value("SELECT count(*) FROM hooklog.delivery_conflict", as: Int64.self) == 0)
            #expect(try await fixture.complete(try await fixture.claim()) != nil)
            #expect(try await fixture.fetched() == ["customer.updated cus_1 Acme"])
        }
    }

    @Test func eventThatJSONBCannotHoldIsTold() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            let body = Array(#"{"event":"customer.updated","data":{"id":"cus_1","name":1e999}}"#.utf8)
            let receipt = try #require(
                try await fixture.queue.complete(try await fixture.claim(), FetchedEvent(body, .piriod))
            )
            #expect(receipt.isUnparsed)
            #expect(try await fixture.texts("SELECT type FROM hooklog.event WHERE actor = 'fetch'") == ["unparsed"])
        }
    }

    @Test func whatIsBeingFetchedInTheOldWayCountsNoMore() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            let old = try await fixture.claim()
            let settings = FetchSourceSettings(baseURL: "http://127.0.0.1:9", workspace: "acc_right")
            try await fixture.store.configureFetch(fixture.source, settings, token: nil)
            #expect(try await fixture.complete(old) == nil)
            #expect(try await fixture.fail(old, "late", blame: .api(pause: .seconds(60))) == nil)
            #expect(try await fixture.fetched().isEmpty)
            let new = try await fixture.claim()
            #expect(new.settings.fetch?.workspace == "acc_right")
            #expect(try await fixture.complete(new) != nil)
        }
    }

    @Test func settingsAndReadersOfTheLogDoNotLockEachOtherOut() async throws {
        try await FetchFixture.with { fixture in
            let settings = FetchSourceSettings(baseURL: "http://127.0.0.1:9", workspace: "acc_1")
            try await withThrowingTaskGroup(of: Void.self) { group in
                for lane in 0..<4 {
                    group.addTask {
                        for _ in 0..<10 {
                            for number in 1...8 {
                                try await fixture.notify("customer.updated", "cus_\((number + lane * 3) % 8)")
                            }
                            try await fixture.plan()
                            try await fixture.store.configureFetch(fixture.source, settings, token: nil)
                            guard let claim = try await fixture.queue.claim(fixture.source, lease: .seconds(30)) else {
                                continue
                            }
                            _ = try await fixture.complete(claim)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func successLeavesTheWaitThatWasAskedFor() async throws {
        try await FetchFixture.with { fixture in
            for number in 1...3 { try await fixture.notify("customer.updated", "cus_\(number)") }
            try await fixture.plan()
            let (limited, well) = (try await fixture.claim(), try await fixture.claim())
            try await fixture.fail(limited, "slow down", blame: .api(pause: .seconds(60)))
            #expect(try await fixture.complete(well) != nil)
            let (failures, isPaused) = try await (
                fixture.value("SELECT failures FROM hooklog.source_fetch", as: Int32.self),
                fixture.value("SELECT paused_until > now() + interval '50 s' FROM hooklog.source_fetch", as: Bool.self)
            )
            #expect(failures == 0)
            #expect(isPaused)
            #expect(try await fixture.queue.claim(fixture.source, lease: .seconds(1)) == nil)
        }
    }

    @Test func everyFailureOfTheAPIIsCountedOnceAndToldToOne() async throws {
        try await FetchFixture.with { fixture in
            for number in 1...4 { try await fixture.notify("customer.updated", "cus_\(number)") }
            try await fixture.plan()
            var claims: [FetchClaim] = []
            for _ in 1...4 { claims.append(try await fixture.claim()) }
            var counts: [Int?] = []
            for claim in claims { counts.append(try await fixture.fail(claim, "down", blame: .api(pause: .zero))) }
            #expect(counts == [1, 2, 3, 4])
            #expect(try await fixture.fail(claims[0], "again", blame: .api(pause: .zero)) == nil)
        }
    }

    @Test func failureOfThisProcessSaysNothingOfTheAPI() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            try await fixture.fail(try await fixture.claim(), "down", blame: .api(pause: .zero))
            let counted = try await fixture.fail(try await fixture.claim(), "key", blame: .object(isAPIWell: false))
            #expect(counted == nil)
            #expect(try await fixture.claim().failures == 1)
        }
    }

    @Test func whileTheAPIFailsTheObjectThatWasTriedLeastIsNext() async throws {
        try await FetchFixture.with { fixture in
            for number in 1...30 { try await fixture.notify("customer.updated", "cus_\(number)") }
            try await fixture.plan()
            for _ in 1...30 { try await fixture.fail(try await fixture.claim(), "down", blame: .own) }
            try await fixture.fail(try await fixture.claim(), "down", blame: .api(pause: .zero))
            try await fixture.notify("customer.updated", "cus_good")
            try await fixture.notify("customer.updated", "cus_goods")
            try await fixture.script("UPDATE hooklog.fetch SET due_at = due_at - interval '1 hour'")
            try await fixture.plan()
            let probe = try await fixture.claim()
            #expect(probe.entityID.hasPrefix("cus_good"))
            #expect(try await fixture.queue.claim(fixture.source, lease: .seconds(30)) == nil)
        }
    }
}
