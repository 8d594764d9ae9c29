import Connectors
import Testing

struct QueryItemsTests {
    @Test(
        arguments: [
            (nil, nil), ("", nil), ("a=1", "1"), ("b=2&a=1", "1"), ("a=x%20y", "x y"), ("a=x+y", "x y"),
            ("a=x%2By", "x+y"),
            ("a=1=2", "1=2"), ("a", ""), ("a=", ""), ("%61=1", "1"), ("A=1", nil), ("a=50%", "50%"), ("a=%zz", "%zz"),
            ("a=%C3%A9", "é"), ("&&a=1&&", "1"),
        ] as [(String?, String?)]
    )
    func valueIsDecoded(query: String?, expected: String?) throws {
        #expect(try QueryItems(query: query).single("a") == expected)
    }

    @Test func repeatedParameterIsRefused() {
        #expect(throws: PivotalError(.invalidType, "Expected string, received array", field: "a")) {
            try QueryItems(query: "a=1&b=2&a=1").single("a")
        }
    }

    @Test func emptyFilterMeansAny() throws {
        #expect(try QueryItems(query: "status=").filter("status") == nil)
    }

    @Test(arguments: [
        ("status=" + String(repeating: "a", count: 256), PivotalError.Code.tooBig),
        ("status=a%00b", .invalidString), ("status=%FF", .invalidString), ("status=a&status=b", .invalidType),
    ])
    func unusableFilterIsRefused(query: String, code: PivotalError.Code) throws {
        let error = try #require(throws: PivotalError.self) { try QueryItems(query: query).filter("status") }
        #expect(error.code == code)
        #expect(error.field == "status")
    }

    @Test(
        arguments: [
            ("limit=1", 1), ("limit=100", 100), ("limit=025", 25), ("", nil), ("limit=%32", 2),
        ] as [(String, Int64?)]
    )
    func integerIsRead(query: String, expected: Int64?) throws {
        #expect(try QueryItems(query: query).integer("limit", in: 1...100) == expected)
    }

    @Test(arguments: [
        ("limit=0", PivotalError.Code.tooSmall), ("limit=-1", .tooSmall), ("limit=-99999999999999999999", .tooSmall),
        ("limit=101", .tooBig), ("limit=99999999999999999999", .tooBig), ("limit=abc", .invalidType),
        ("limit=", .invalidType), ("limit=2.5", .invalidType), ("limit=1e1", .invalidType), ("limit=-", .invalidType),
        ("limit=+5", .invalidType), ("limit=٥", .invalidType), ("limit=1&limit=1", .invalidType),
    ])
    func badIntegerIsRefused(query: String, code: PivotalError.Code) throws {
        let error = try #require(throws: PivotalError.self) {
            try QueryItems(query: query).integer("limit", in: 1...100)
        }
        #expect(error.code == code)
        #expect(error.field == "limit")
    }
}
