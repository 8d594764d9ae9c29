import Connectors
import Testing

struct PeopleListRequestTests {
    @Test func defaultsAreTheFirstPageOfEverybody() throws {
        let list = try PeopleListRequest(QueryItems(query: nil))
        #expect(list.limit == PageRequest.defaultLimit)
        #expect(list.cursor == nil)
        #expect(list.email == nil)
        #expect(list.text == nil)
        #expect(list.system == nil)
        #expect(try PeopleListRequest(QueryItems(query: "cursor=&q=&source=")) == list)
    }

    @Test func everythingIsRead() throws {
        let list = try PeopleListRequest(QueryItems(query: "limit=3&cursor=a%40b.c&email=D%40e.f&q=Ja+ne&source=ruddr"))
        #expect(list.limit == 3)
        #expect(list.cursor == "a@b.c")
        #expect(list.email == "D@e.f")
        #expect(list.text == "Ja ne")
        #expect(list.system == "ruddr")
    }

    @Test(arguments: [
        ("a+b@x.io", "a+b@x.io"), ("a%2Bb@x.io", "a+b@x.io"), ("+a+b@x.io+", "a+b@x.io"), ("%2Ba@x.io", "+a@x.io"),
        ("a%20b@x.io", "a b@x.io"), ("+%20a@x.io", " a@x.io"),
    ])
    func plusWithinAnAddressIsOne(_ sent: String, _ expected: String) throws {
        #expect(try PeopleListRequest(QueryItems(query: "email=\(sent)")).email == expected)
        #expect(try DirectoryListRequest(QueryItems(query: "email=\(sent)")).email == expected)
    }

    @Test(arguments: [
        ("limit=0", "too_small", "limit"), ("limit=101", "too_big", "limit"),
        ("cursor=%00", "invalid_string", "cursor"), ("cursor=a&cursor=b", "invalid_type", "cursor"),
        ("email=", "too_small", "email"), ("email", "too_small", "email"), ("email=%20+", "too_small", "email"),
        ("email=&email=", "invalid_type", "email"), ("email=a&email=b", "invalid_type", "email"),
        ("email=" + String(repeating: "x", count: 256), "too_big", "email"),
        ("q=%00", "invalid_string", "q"), ("email=%00", "invalid_string", "email"),
        ("email=%FF", "invalid_string", "email"),
        ("source=src_00000000000040000000000008", "invalid_string", "source"),
        ("q=" + String(repeating: "x", count: 256), "too_big", "q"),
    ])
    func badParametersAreRefused(query: String, code: String, field: String) throws {
        let error = try #require(throws: Refusal.self) { try PeopleListRequest(QueryItems(query: query)) }
        #expect(try error.words().code == code)
        #expect(try error.words().field == field)
    }
}
