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
        ("limit=0", PivotalError.Code.tooSmall, "limit"), ("limit=101", .tooBig, "limit"),
        ("cursor=%00", .invalidString, "cursor"), ("cursor=a&cursor=b", .invalidType, "cursor"),
        ("email=", .tooSmall, "email"), ("email", .tooSmall, "email"), ("email=%20+", .tooSmall, "email"),
        ("email=&email=", .invalidType, "email"), ("email=a&email=b", .invalidType, "email"),
        ("email=" + String(repeating: "x", count: 256), .tooBig, "email"),
        ("q=%00", .invalidString, "q"), ("email=%00", .invalidString, "email"), ("email=%FF", .invalidString, "email"),
        ("source=src_00000000000040000000000008", .invalidString, "source"),
        ("q=" + String(repeating: "x", count: 256), .tooBig, "q"),
    ])
    func badParametersAreRefused(query: String, code: PivotalError.Code, field: String) throws {
        let error = try #require(throws: PivotalError.self) { try PeopleListRequest(QueryItems(query: query)) }
        #expect(error.code == code)
        #expect(error.field == field)
    }
}
