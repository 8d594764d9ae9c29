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
        ("after=-1", PivotalError.Code.tooSmall, "after"), ("after=x", .invalidType, "after"),
        ("after=9223372036854775808", .tooBig, "after"), ("limit=0", .tooSmall, "limit"),
        ("entity=contact", .invalidString, "entity"), ("entity=/con_1", .invalidString, "entity"),
        ("entity=contact/", .invalidString, "entity"), ("entity=contact/a%00", .invalidString, "entity"),
        ("limit=1001", .tooBig, "limit"),
    ])
    func badParametersAreRefused(query: String, code: PivotalError.Code, field: String) throws {
        let error = try #require(throws: PivotalError.self) { try EventListRequest(QueryItems(query: query)) }
        #expect(error.code == code)
        #expect(error.field == field)
    }
}
