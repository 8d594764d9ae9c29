import EventLog
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(1)))
struct SourceFetchTests {
    private static let settings = FetchSourceSettings(
        baseURL: "https://api.example/v1//",
        workspace: "acc_1",
        testMode: true
    )

    private func draft(_ fixture: SourceFixture, token: String?) -> SourceDraft {
        SourceDraft(
            workspace: fixture.workspace,
            connector: .piriod,
            name: "p",
            settings: SourceSettings(fetch: Self.settings),
            fetchToken: token
        )
    }

    private func token(_ id: SourceID, _ fixture: SourceFixture) async throws -> String {
        let sealed: [UInt8] = try await fixture.log.value("SELECT sealed FROM hooklog.source_fetch")
        return try fixture.sealer.open(sealed, at: .fetchToken(of: id))
    }

    @Test func sourceIsMadeWithItsTokenSealed() async throws {
        let fixture = try await SourceFixture(LogDatabase.required())
        let id = try await fixture.store.create(draft(fixture, token: "sk_live_1")).source
        #expect(try await token(id, fixture) == "sk_live_1")
        let shown = try await fixture.store.show(id).settings.fetch
        #expect(shown == FetchSourceSettings(baseURL: "https://api.example/v1", workspace: "acc_1", testMode: true))
        #expect(shown?.baseURL == "https://api.example/v1")
        let isShown = try await fixture.log.value(
            "SELECT count(*) FROM hooklog.source WHERE settings::text LIKE '%sk_live%'",
            as: Int64.self
        )
        #expect(isShown == 0)
        #expect(try await fixture.store.fetchStatus(of: id).isConfigured)
    }

    @Test func sealedTokenOpensAtItsSourceOnly() async throws {
        let fixture = try await SourceFixture(LogDatabase.required())
        let id = try await fixture.store.create(draft(fixture, token: "t")).source
        let sealed: [UInt8] = try await fixture.log.value("SELECT sealed FROM hooklog.source_fetch")
        let other = SourceID(workspace: id.workspace, number: id.number ^ 1)
        for address in [SecretAddress.fetchToken(of: other), SecretAddress(source: id, number: 1)] {
            #expect(throws: EventLogError.self) { try fixture.sealer.open(sealed, at: address) }
        }
    }

    @Test(arguments: [nil, "", "a b", "é", "a\n", String(repeating: "a", count: 1025)])
    func sourceIsNotMadeWithoutAGoodToken(_ token: String?) async throws {
        let fixture = try await SourceFixture(LogDatabase.required())
        #expect(await code { try await fixture.store.create(draft(fixture, token: token)) } == .invalidSecret)
        #expect(try await fixture.store.list(in: fixture.workspace).isEmpty)
    }

    @Test(arguments: [
        "ftp://api.example", "api.example", "https://", "https://user@api.example", "https://u:p@api.example",
        "https://api.example?x=1", "https://api.example#x", "",
    ])
    func addressMustBeAnHTTPURL(_ url: String) async throws {
        let fixture = try await SourceFixture(LogDatabase.required())
        let id = try await fixture.store.create(draft(fixture, token: "t")).source
        let settings = FetchSourceSettings(baseURL: url, workspace: "acc_1")
        #expect(await code { try await fixture.store.configureFetch(id, settings, token: nil) } == .invalidArgument)
        let blank = FetchSourceSettings(workspace: "acc 1")
        #expect(await code { try await fixture.store.configureFetch(id, blank, token: nil) } == .invalidArgument)
    }

    @Test func otherConnectorsHaveNothingToFetch() async throws {
        let fixture = try await SourceFixture(LogDatabase.required())
        let draft = SourceDraft(workspace: fixture.workspace, connector: .github, name: "g")
        let id = try await fixture.store.create(draft).source
        #expect(
            await code { try await fixture.store.configureFetch(id, Self.settings, token: "t") } == .invalidArgument
        )
    }

    @Test func tokenIsReplacedAndKept() async throws {
        let fixture = try await SourceFixture(LogDatabase.required())
        let draft = SourceDraft(workspace: fixture.workspace, connector: .piriod, name: "p")
        let id = try await fixture.store.create(draft).source
        #expect(
            await code { try await fixture.store.configureFetch(id, Self.settings, token: nil) } == .invalidArgument
        )
        #expect(try await fixture.store.show(id).settings.fetch == nil)
        try await fixture.store.configureFetch(id, Self.settings, token: "one")
        try await fixture.store.configureFetch(id, Self.settings, token: "two")
        #expect(try await token(id, fixture) == "two")
        try await fixture.store.configureFetch(id, FetchSourceSettings(workspace: "acc_2"), token: nil)
        #expect(try await token(id, fixture) == "two")
        #expect(try await fixture.store.show(id).settings.fetch?.workspace == "acc_2")
        #expect(try await fixture.makeDirectory().source(id)?.settings.fetch?.workspace == "acc_2")
    }

    @Test func unknownSourceIsTold() async throws {
        let fixture = try await SourceFixture(LogDatabase.required())
        let id = SourceID.sample(fixture.workspace)
        #expect(await code { try await fixture.store.configureFetch(id, Self.settings, token: "t") } == .unknownSource)
    }
}
