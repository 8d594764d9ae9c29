import EventLog
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct APIKeyStoreTests {
    @Test func keyIsKeptAsHashOnly() async throws {
        let log = try LogDatabase.required()
        let store = APIKeyStore(pool: log.pool)
        let draft = APIKeyDraft(
            workspace: try await log.workspace(),
            name: "CI",
            scope: .write,
            livemode: false,
            rateLimit: 60
        )
        let issued = try await store.create(draft)
        let text = try #require(APIKeyText(issued.text))
        #expect(text.keyID == issued.key.id)
        #expect(issued.key.scope == .write)
        #expect(issued.key.rateLimit == 60)
        #expect(!issued.key.livemode && !text.livemode)
        #expect(try await store.list(in: draft.workspace) == [issued.key])
        #expect(try await log.value("SELECT key_sha256 FROM hooklog.api_key") == text.sha256)
        let row: String = try await log.value("SELECT k::text FROM hooklog.api_key AS k")
        #expect(!row.contains(issued.text))
    }

    @Test func revokedKeyKeepsItsFirstTime() async throws {
        let log = try LogDatabase.required()
        let store = APIKeyStore(pool: log.pool)
        let workspace = try await log.workspace()
        let key = try await store.create(APIKeyDraft(workspace: workspace, name: "a")).key
        let first = try await store.revoke(key.id, in: workspace)
        #expect(first.revokedAt != nil)
        #expect(try await store.revoke(key.id, in: workspace) == first)
        #expect(try await store.list(in: workspace) == [first])
    }

    @Test func workspacesDoNotSeeEachOthersKeys() async throws {
        let log = try LogDatabase.required()
        let store = APIKeyStore(pool: log.pool)
        let (first, second) = (try await log.workspace("one"), try await log.workspace("two"))
        let key = try await store.create(APIKeyDraft(workspace: first, name: "a")).key
        let error = await #expect(throws: EventLogError.self) { try await store.revoke(key.id, in: second) }
        #expect(error?.code == .unknownAPIKey)
        #expect(try await store.list(in: second).isEmpty)
    }

    @Test(arguments: [("", Int32?.none, Int64(1)), ("a", 0, 1), ("a", -5, 1), ("a", 1_000_001, 1), ("a", nil, 404)])
    func badDraftIsRefused(name: String, limit: Int32?, workspace: Int64) async throws {
        let log = try LogDatabase.required()
        _ = try await log.workspace()
        let draft = APIKeyDraft(workspace: WorkspaceID(rawValue: workspace), name: name, rateLimit: limit)
        let error = await #expect(throws: EventLogError.self) { try await APIKeyStore(pool: log.pool).create(draft) }
        #expect(error?.code == (workspace == 1 ? .invalidArgument : .unknownWorkspace))
    }
}
