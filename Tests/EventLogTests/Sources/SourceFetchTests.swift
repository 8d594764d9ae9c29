import Connectors
import EventLog
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
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
        return try fixture.sealer.open(sealed, at: .fetchToken(of: id, at: "https://api.example:443"))
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
        for address in [
            SecretAddress.fetchToken(of: other, at: "https://api.example:443"), SecretAddress(source: id, number: 0),
            .fetchToken(of: id, at: "http://api.example:443"), .fetchToken(of: id, at: "https://api.example:444"),
            .fetchToken(of: id, at: "https://api.example.com:443"), .fetchToken(of: id, at: ""),
        ] {
            #expect(throws: EventLogError.self) { try fixture.sealer.open(sealed, at: address) }
        }
    }

    @Test(arguments: [
        ("https://api.example", "https://api.example:443"), ("https://API.example:443/a", "https://api.example:443"),
        ("http://api.example/x/", "http://api.example:80"), ("https://api.example:8443", "https://api.example:8443"),
        ("http://[::1]:8080", "http://[::1]:8080"), ("https://a@b", nil), ("https://a\\@b", nil),
        ("https://a%2eb", nil),
        ("https://", nil), ("HTTPS://a", nil), ("https://a\tb", nil), ("https://é", nil),
    ])
    func originIsSchemeHostAndPort(_ url: String, _ origin: String?) {
        #expect(FetchSourceSettings(baseURL: url, workspace: "a").origin == origin)
    }

    @Test(arguments: [
        ("https://api.example", false), ("http://api.example", true), ("http://localhost:8080/p", false),
        ("http://127.0.0.1:1", false), ("http://[::1]:1", false), ("http://10.0.0.1", true),
        ("http://127.example.com", true),
    ])
    func addressThatOthersCouldReadIsTold(_ url: String, _ isExposed: Bool) {
        #expect(FetchSourceSettings(baseURL: url, workspace: "a").isExposed == isExposed)
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
        let blank = FetchSourceSettings(baseURL: "https://api.example", workspace: "acc 1")
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
        let elsewhere = FetchSourceSettings(baseURL: "https://api.example/v2", workspace: "acc_2")
        try await fixture.store.configureFetch(id, elsewhere, token: nil)
        #expect(try await token(id, fixture) == "two")
        #expect(try await fixture.store.fetchToken(of: id, at: elsewhere) == "two")
        #expect(try await fixture.store.show(id).settings.fetch?.workspace == "acc_2")
        #expect(try await fixture.makeDirectory().source(id)?.settings.fetch?.workspace == "acc_2")
    }

    @Test(arguments: ["https://api.other", "http://api.example", "https://api.example:8443"])
    func anotherOriginNeedsItsToken(_ url: String) async throws {
        let fixture = try await SourceFixture(LogDatabase.required())
        let id = try await fixture.store.create(draft(fixture, token: "one")).source
        let other = FetchSourceSettings(baseURL: url, workspace: "acc_1")
        #expect(await code { try await fixture.store.configureFetch(id, other, token: nil) } == .invalidArgument)
        #expect(try await fixture.store.show(id).settings.fetch?.baseURL == "https://api.example/v1")
        #expect(await code { _ = try await fixture.store.fetchToken(of: id, at: other) } == .unsealFailed)
        try await fixture.store.configureFetch(id, other, token: "two")
        #expect(try await fixture.store.fetchToken(of: id, at: other) == "two")
    }

    @Test func unknownSourceIsTold() async throws {
        let fixture = try await SourceFixture(LogDatabase.required())
        let id = SourceID.sample(fixture.workspace)
        #expect(await code { try await fixture.store.configureFetch(id, Self.settings, token: "t") } == .unknownSource)
    }
}
