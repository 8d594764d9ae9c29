import Connectors
import EventLog
import Testing

struct EventListRequestTests {
    @Test func defaultsAreTheStartOfTheLog() throws {
        let list = try EventListRequest(QueryItems(query: nil))
        #expect(list.after == .start)
        #expect(list.limit == 100)
        #expect(list.type == nil)
        #expect(list.entity == nil)
    }

    @Test func everythingIsRead() throws {
        let query = "after=7&limit=3&type=contact.created&entity=contact/con%2F1"
        let list = try EventListRequest(QueryItems(query: query))
        #expect(list.after == Position(rawValue: 7))
        #expect(list.limit == 3)
        #expect(list.type == "contact.created")
        #expect(list.entity?.type == "contact")
        #expect(list.entity?.id == "con/1")
    }

    @Test(arguments: [
        ("after=-1", "too_small", "after"), ("after=x", "invalid_type", "after"),
        ("after=9223372036854775808", "too_big", "after"), ("limit=0", "too_small", "limit"),
        ("entity=contact", "invalid_string", "entity"), ("entity=/con_1", "invalid_string", "entity"),
        ("entity=contact/", "invalid_string", "entity"), ("entity=contact/a%00", "invalid_string", "entity"),
        ("limit=1001", "too_big", "limit"),
    ])
    func badParametersAreRefused(query: String, code: String, field: String) throws {
        let error = try #require(throws: Refusal.self) { try EventListRequest(QueryItems(query: query)) }
        #expect(try error.words().code == code)
        #expect(try error.words().field == field)
    }
}
