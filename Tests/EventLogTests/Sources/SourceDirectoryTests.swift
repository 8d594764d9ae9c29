import Connectors
import EventLog
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct SourceDirectoryTests {
    @Test func unknownAndDisabledAreNotFound() async throws {
        let fixture = try await SourceFixture(.required())
        let directory = fixture.makeDirectory()
        #expect(try await directory.source(.sample(fixture.workspace, 404)) == nil)
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .github, name: "a")
        ).source
        try await fixture.store.disable(source)
        #expect(try await directory.source(source) == nil)
        #expect(try await fixture.store.show(source).disabledAt != nil)
    }

    @Test func changesCountByNotification() async throws {
        let fixture = try await SourceFixture(.required())
        let issued = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .pivotal, name: "a")
        )
        try await fixture.withDirectory(freshness: .seconds(3600)) { directory in
            #expect(try await directory.source(issued.source) != nil)
            try await fixture.store.disable(issued.source)
            try await until { try await directory.source(issued.source) == nil }
            try await fixture.store.enable(issued.source)
            try await until { try await directory.source(issued.source) != nil }
            let new = try await fixture.store.rotate(issued.source, overlap: .zero)
            try await until {
                let source = try #require(try await directory.source(issued.source))
                return try fixture.accepts(new.text, source, at: 1_900_000_000)
            }
        }
    }

    @Test func demandedSourceHasEveryChangeMadeBefore() async throws {
        let fixture = try await SourceFixture(.required())
        let issued = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .pivotal, name: "a")
        )
        let directory = fixture.makeDirectory(freshness: .seconds(3600))
        #expect(try await directory.source(issued.source) != nil)
        for _ in 0..<5 {
            let new = try await fixture.store.rotate(issued.source, overlap: .zero)
            let known = try #require(try await directory.source(issued.source))
            #expect(try !fixture.accepts(new.text, known, at: 1_900_000_000))
            let source = try #require(try await directory.source(issued.source, readSince: .now))
            #expect(try fixture.accepts(new.text, source, at: 1_900_000_000))
        }
        try await fixture.store.disable(issued.source)
        #expect(try await directory.source(issued.source, readSince: .now) == nil)
    }

    @Test func lostNotificationIsMadeUpFor() async throws {
        let fixture = try await SourceFixture(.required())
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .github, name: "a")
        ).source
        let directory = fixture.makeDirectory(freshness: .milliseconds(300))
        #expect(try await directory.source(source) != nil)
        try await fixture.log.script("UPDATE hooklog.source SET disabled_at = now()")
        try await until { try await directory.source(source) == nil }
    }

    @Test func sweepSeesALostChange() async throws {
        let fixture = try await SourceFixture(.required())
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .github, name: "a")
        ).source
        try await fixture.withDirectory(freshness: .milliseconds(300)) { directory in
            #expect(try await directory.source(source) != nil)
            try await fixture.log.script("UPDATE hooklog.source SET disabled_at = now()")
            try await until { try await directory.source(source) == nil }
        }
    }

    @Test func newSourceIsFoundWithinASecond() async throws {
        let fixture = try await SourceFixture(.required())
        let directory = fixture.makeDirectory()
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .github, name: "a")
        ).source
        try await fixture.log.script("CREATE TABLE kept AS TABLE hooklog.source; DELETE FROM hooklog.source")
        #expect(try await directory.source(source) == nil)
        try await fixture.log.script("INSERT INTO hooklog.source TABLE kept")
        #expect(try await directory.source(source) == nil, "the absence should be remembered")
        try await until { try await directory.source(source) != nil }
    }

    @Test func knownSourcesOutliveTheDatabase() async throws {
        let fixture = try await SourceFixture(.required())
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .github, name: "a")
        ).source
        let pool = PostgresPool(
            PostgresPoolConfiguration(patient: fixture.log.configuration, size: 2),
            logger: TestDatabase.logger
        )
        let directory = fixture.makeDirectory(pool)
        #expect(try await directory.source(source) != nil)
        await pool.shutdown(deadline: .now + .seconds(5))
        let error = await #expect(throws: EventLogError.self) {
            try await directory.source(.sample(fixture.workspace, 404))
        }
        #expect(error?.code == .unavailable)
        #expect(error?.retryAfter != nil)
        let clock = ContinuousClock()
        let start = clock.now
        try await until {
            let isFound = try await directory.source(source) != nil
            #expect(isFound)
            return clock.now - start > .milliseconds(2300)
        }
    }

    @Test func lookupsAtOnceAreAnsweredAlike() async throws {
        let fixture = try await SourceFixture(.required())
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .github, name: "a")
        ).source
        let directory = fixture.makeDirectory()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<200 { group.addTask { try await directory.source(source) != nil } }
            for try await isFound in group { #expect(isFound) }
        }
    }

    @Test func wrongMasterKeyIsTold() async throws {
        let fixture = try await SourceFixture(.required())
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .github, name: "a")
        ).source
        for (sealer, code) in [
            (SecretSealer(.generate()), EventLogError.Code.unsealFailed), (nil, .missingMasterKey),
        ] {
            let directory = SourceDirectory(
                store: SourceStore(pool: fixture.log.pool, senders: .known, sealer: sealer),
                configuration: fixture.log.configuration,
                logger: TestDatabase.logger
            )
            let error = await #expect(throws: EventLogError.self) { try await directory.source(source) }
            #expect(error?.code == code)
        }
    }

    @Test func secretMovedToAnotherSourceDoesNotOpen() async throws {
        let fixture = try await SourceFixture(.required())
        let drafts = ["a", "b"].map { SourceDraft(workspace: fixture.workspace, connector: .github, name: $0) }
        let victim = try await fixture.store.create(drafts[0]).source
        let thief = try await fixture.store.create(drafts[1]).source
        try await fixture.log.script(
            """
            UPDATE hooklog.source_secret AS v SET sealed = t.sealed FROM hooklog.source_secret AS t
            WHERE v.source_id = \(victim.number) AND t.source_id = \(thief.number)
            """
        )
        let error = await #expect(throws: EventLogError.self) { try await fixture.makeDirectory().source(victim) }
        #expect(error?.code == .unsealFailed)
    }
}
