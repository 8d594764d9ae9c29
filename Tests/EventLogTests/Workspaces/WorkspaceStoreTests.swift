import EventLog
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct WorkspaceStoreTests {
    @Test func workspaceIsFoundBySlugAndNumber() async throws {
        let store = WorkspaceStore(pool: try LogDatabase.required().pool)
        let made = try await store.create(slug: "acme", name: "Acme Ltd")
        for text in ["acme", made.id.description] {
            let found = try await store.find(text)
            #expect(found.id == made.id)
            #expect(found.name == "Acme Ltd")
        }
        #expect(try await store.only().id == made.id)
    }

    @Test func slugGoesBeforeNumber() async throws {
        let store = WorkspaceStore(pool: try LogDatabase.required().pool)
        let first = try await store.create(slug: "first", name: "first")
        let second = try await store.create(slug: first.id.description, name: "second")
        #expect(try await store.find(first.id.description).id == second.id)
    }

    @Test func onlyNeedsExactlyOne() async throws {
        let store = WorkspaceStore(pool: try LogDatabase.required().pool)
        for count in [0, 2] {
            if count > 0 { for slug in ["a", "b"] { _ = try await store.create(slug: slug, name: slug) } }
            let error = await #expect(throws: EventLogError.self) { try await store.only() }
            #expect(error?.code == .ambiguousWorkspace)
        }
        #expect(try await store.list().map(\.slug) == ["a", "b"])
    }

    @Test(arguments: ["", "A", "-a", "a-", "a b", "é", String(repeating: "a", count: 64)])
    func badSlugIsRefused(_ slug: String) async throws {
        let store = WorkspaceStore(pool: try LogDatabase.required().pool)
        let error = await #expect(throws: EventLogError.self) { try await store.create(slug: slug, name: "x") }
        #expect(error?.code == .invalidArgument)
    }

    @Test func takenSlugIsRefused() async throws {
        let store = WorkspaceStore(pool: try LogDatabase.required().pool)
        _ = try await store.create(slug: "a", name: "a")
        let error = await #expect(throws: EventLogError.self) { try await store.create(slug: "a", name: "b") }
        #expect(error?.code == .nameTaken)
    }

    @Test(arguments: ["none", "404", "", "9223372036854775808"])
    func unknownWorkspaceIsTold(_ text: String) async throws {
        let store = WorkspaceStore(pool: try LogDatabase.required().pool)
        let error = await #expect(throws: EventLogError.self) { try await store.find(text) }
        #expect(error?.code == .unknownWorkspace)
    }
}
