import Connectors
import EventLog
import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct SourceStoreTests {
    @Test func newSourceHasAGeneratedSecret() async throws {
        let fixture = try await SourceFixture(.required())
        let draft = SourceDraft(workspace: fixture.workspace, connector: .pivotal, name: "Pivotal")
        let issued = try await fixture.store.create(draft)
        #expect(issued.text.hasPrefix("whsec_"))
        let details = try await fixture.store.show(issued.source)
        #expect(details.name == "Pivotal")
        #expect(details.connector == .pivotal)
        #expect(details.settings == SourceSettings())
        #expect(details.disabledAt == nil)
        #expect(details.secrets.map(\.number) == [1])
        #expect(try await fixture.store.list(in: fixture.workspace) == [details])
        let found = try #require(try await fixture.makeDirectory().source(issued.source))
        #expect(try fixture.accepts(issued.text, found, at: 1_800_000_000))
        #expect(try !fixture.accepts("whsec_" + Data(count: 32).base64EncodedString(), found, at: 1_800_000_000))
    }

    @Test func secretIsNotInTheDatabase() async throws {
        let fixture = try await SourceFixture(.required())
        let secret = "whsec_" + Data((0..<32).map { UInt8($0) }).base64EncodedString()
        let draft = SourceDraft(workspace: fixture.workspace, connector: .pivotal, name: "a", secret: secret)
        #expect(try await fixture.store.create(draft).text == secret)
        let sealed: [UInt8] = try await fixture.log.value("SELECT sealed FROM hooklog.source_secret")
        #expect(!sealed.contains(Array(secret.utf8.dropFirst(6).prefix(8))))
    }

    @Test(arguments: [
        ("pivotal", "w"), ("pivotal", "whsec_"), ("pivotal", ""), ("pivotal", "whsec_bm90LXZhbGlkCg=="),
        ("pivotal", "whsk_AAAA"), ("github", ""), ("stripe", ""),
    ])
    func unfitSecretIsRefused(connector: String, secret: String) async throws {
        let fixture = try await SourceFixture(.required())
        let draft = SourceDraft(
            workspace: fixture.workspace,
            connector: ConnectorName(rawValue: connector),
            name: "a",
            secret: secret
        )
        let error = await #expect(throws: EventLogError.self) { try await fixture.store.create(draft) }
        #expect(error?.code == .invalidSecret)
        #expect(secret.count < 4 || error?.description.contains(secret) == false)
    }

    @Test func shortSecretNeedsLeave() async throws {
        let fixture = try await SourceFixture(.required())
        let draft = SourceDraft(
            workspace: fixture.workspace,
            connector: .pivotal,
            name: "a",
            secret: "whsec_bm90LXZhbGlkCg==",
            settings: SourceSettings(allowShortSecret: true)
        )
        let issued = try await fixture.store.create(draft)
        #expect(issued.warnings.count == 1)
        let found = try #require(try await fixture.makeDirectory().source(issued.source))
        #expect(try fixture.accepts(issued.text, found, at: 1_800_000_000))
    }

    @Test func badDraftsAreRefused() async throws {
        let fixture = try await SourceFixture(.required())
        let base = SourceDraft(workspace: fixture.workspace, connector: .github, name: "a")
        _ = try await fixture.store.create(base)
        var drafts: [(SourceDraft, EventLogError.Code)] = [(base, .nameTaken)]
        func add(_ code: EventLogError.Code, _ change: (inout SourceDraft) -> Void) {
            var draft = base
            draft.name = "b"
            change(&draft)
            drafts.append((draft, code))
        }
        add(.unknownConnector) { $0.connector = ConnectorName(rawValue: "none") }
        add(.unknownWorkspace) { $0.workspace = WorkspaceID(rawValue: 404) }
        add(.invalidArgument) { $0.name = "" }
        add(.invalidArgument) { $0.settings.maximumBodySize = 0 }
        add(.invalidArgument) { $0.settings.maximumBodySize = 25 << 20 + 1 }
        add(.invalidArgument) { $0.settings.hmac = HMACSourceSettings(header: "x") }
        add(.invalidArgument) { $0.connector = .hmac }
        add(.invalidArgument) {
            $0.connector = .piriod
            $0.settings.sequence = EventLocation("body:/n")
        }
        for (draft, code) in drafts {
            let error = await #expect(throws: EventLogError.self) { try await fixture.store.create(draft) }
            #expect(error?.code == code)
        }
        #expect(try await fixture.store.list(in: fixture.workspace).count == 1)
    }

    @Test func nothingIsMadeWithoutAMasterKey() async throws {
        let fixture = try await SourceFixture(.required())
        let store = SourceStore(pool: fixture.log.pool, senders: .known, sealer: nil)
        let draft = SourceDraft(workspace: fixture.workspace, connector: .pivotal, name: "a")
        let error = await #expect(throws: EventLogError.self) { try await store.create(draft) }
        #expect(error?.code == .missingMasterKey)
        #expect(error?.description.contains("HOOKLOG_MASTER_KEY") == true)
        #expect(error?.description.contains("hooklog master-key") == true)
        #expect(try await store.list(in: fixture.workspace).isEmpty)
    }

    @Test func rotationOverlaps() async throws {
        let fixture = try await SourceFixture(.required())
        let draft = SourceDraft(workspace: fixture.workspace, connector: .pivotal, name: "a")
        let old = try await fixture.store.create(draft)
        let new = try await fixture.store.rotate(old.source, overlap: .seconds(3600))
        let secrets = try await fixture.store.show(old.source).secrets
        let end = try #require(secrets[0].expiresAt)
        let moment = end.microsecondsSince1970 / 1_000_000 - 3600
        let found = try #require(try await fixture.makeDirectory().source(old.source))
        for (time, acceptsOld, acceptsNew) in [
            (-320, true, false), (-299, true, true), (0, true, true), (3599, true, true), (3600, false, true),
        ] {
            #expect(try fixture.accepts(old.text, found, at: moment + Int64(time)) == acceptsOld)
            #expect(try fixture.accepts(new.text, found, at: moment + Int64(time)) == acceptsNew)
        }
        #expect(old.text != new.text)
    }

    /// Whoever rotates may have another time than the database and the receivers.
    @Test(arguments: [-86_400, 86_400])
    func secretCountsFromNowWhateverTheClockOfWhoeverMakesIt(_ seconds: Int) async throws {
        let fixture = try await SourceFixture(.required())
        let draft = SourceDraft(workspace: fixture.workspace, connector: .github, name: "a")
        let old = try await fixture.store.create(draft)
        let store = SourceStore(pool: fixture.log.pool, senders: .known, sealer: fixture.sealer) {
            PostgresTimestamp(Date(timeIntervalSinceNow: Double(seconds)))
        }
        let new = try await store.rotate(old.source, overlap: .seconds(3600))
        let now = PostgresTimestamp(.now).microsecondsSince1970 / 1_000_000
        let found = try #require(try await fixture.makeDirectory().source(old.source))
        for clock in [now - 120, now, now + 120] {
            #expect(try fixture.accepts(new.text, found, at: clock))
            #expect(try fixture.accepts(old.text, found, at: clock))
        }
        #expect(try !fixture.accepts(old.text, found, at: now + 4000))
    }

    @Test func laterRotationDoesNotProlongAnOldSecret() async throws {
        let fixture = try await SourceFixture(.required())
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .pivotal, name: "a")
        ).source
        _ = try await fixture.store.rotate(source, overlap: .seconds(60))
        let before = try await fixture.store.show(source).secrets[0].expiresAt
        _ = try await fixture.store.rotate(source, overlap: .seconds(86_400))
        let after = try await fixture.store.show(source).secrets
        #expect(after[0].expiresAt == before)
        #expect(after.map { $0.expiresAt != nil } == [true, true, false])
    }

    @Test func rotationIsBounded() async throws {
        let fixture = try await SourceFixture(.required())
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .pivotal, name: "a")
        ).source
        for overlap in [Duration.seconds(-1), .seconds(31 * 86_400)] {
            let error = await #expect(throws: EventLogError.self) {
                try await fixture.store.rotate(source, overlap: overlap)
            }
            #expect(error?.code == .invalidArgument)
        }
        for _ in 1..<16 { _ = try await fixture.store.rotate(source, overlap: .seconds(3600)) }
        await #expect(throws: EventLogError.self) { try await fixture.store.rotate(source, overlap: .seconds(3600)) }
        #expect(try await fixture.makeDirectory().source(source) != nil)
    }

    @Test func rotationsAtOnceBothCount() async throws {
        let fixture = try await SourceFixture(.required())
        let source = try await fixture.store.create(
            SourceDraft(workspace: fixture.workspace, connector: .pivotal, name: "a")
        ).source
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<6 {
                group.addTask { _ = try await fixture.store.rotate(source, overlap: .seconds(3600)) }
            }
            try await group.waitForAll()
        }
        #expect(try await fixture.store.show(source).secrets.map(\.number) == [1, 2, 3, 4, 5, 6, 7])
    }

    @Test func unknownSourceIsTold() async throws {
        let fixture = try await SourceFixture(.required())
        let id = SourceID.sample(fixture.workspace, 404)
        let calls: [@Sendable () async throws -> Void] = [
            { _ = try await fixture.store.show(id) },
            { try await fixture.store.disable(id) },
            { try await fixture.store.enable(id) },
            { _ = try await fixture.store.rotate(id, overlap: .zero) },
        ]
        for call in calls {
            let error = await #expect(throws: EventLogError.self) { try await call() }
            #expect(error?.code == .unknownSource)
        }
    }
}
