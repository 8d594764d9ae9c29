import Connectors
import EventLog
import Testing

struct DirectoryListRequestTests {
    @Test func defaultsAreTheLatestChanges() throws {
        let list = try DirectoryListRequest(QueryItems(query: nil))
        #expect(list.page == PageRequest())
        #expect(!list.isAscending)
        #expect(list.updatedSince == nil)
        #expect(list.email == nil)
        #expect(list.text == nil)
        #expect(list.system == nil)
        #expect(!list.includesDeleted)
    }

    @Test func everythingIsRead() throws {
        let query =
            "limit=3&order=asc&updated_since=1970-01-01T01:00:00.000001%2B01:00&email=A%40b.c&q=Ja+ne"
            + "&source=pivotal&include_deleted=true&cursor=1970-01-01T00:00:02Z"
        let list = try DirectoryListRequest(QueryItems(query: query))
        #expect(list.page == PageRequest(limit: 3, cursor: PageCursor(microseconds: 2_000_000)))
        #expect(list.isAscending)
        #expect(list.updatedSince == 1)
        #expect(list.email == "A@b.c")
        #expect(list.text == "Ja ne")
        #expect(list.system == "pivotal")
        #expect(list.includesDeleted)
    }

    @Test func plusThatWasNotEncodedIsAnOffset() throws {
        let list = try DirectoryListRequest(QueryItems(query: "updated_since=1970-01-01T01:00:00+01:00"))
        #expect(list.updatedSince == 0)
    }

    @Test(arguments: ["email=", "q=", "source="])
    func emptyFilterIsAny(query: String) throws {
        #expect(try DirectoryListRequest(QueryItems(query: query)) == DirectoryListRequest(QueryItems(query: nil)))
    }

    @Test(arguments: [
        ("limit=0", "too_small", "limit"), ("limit=101", "too_big", "limit"),
        ("cursor=yesterday", "invalid_string", "cursor"), ("order=up", "invalid_string", "order"),
        ("order=", "invalid_string", "order"), ("order=asc&order=asc", "invalid_type", "order"),
        ("updated_since=", "invalid_string", "updated_since"),
        ("updated_since=2026-02-30T00:00:00Z", "invalid_string", "updated_since"),
        ("include_deleted=yes", "invalid_string", "include_deleted"), ("q=%00", "invalid_string", "q"),
        ("email=%FF", "invalid_string", "email"), ("source=src_00000000000040000000000008", "invalid_string", "source"),
    ])
    func badParametersAreRefused(query: String, code: String, field: String) throws {
        let error = try #require(throws: Refusal.self) { try DirectoryListRequest(QueryItems(query: query)) }
        #expect(try error.words().code == code)
        #expect(try error.words().field == field)
    }
}
