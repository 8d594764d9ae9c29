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
        #expect(throws: Refusal.invalid([Fault(.query, "a", .repeated)])) {
            try QueryItems(query: "a=1&b=2&a=1").single("a")
        }
    }

    @Test func emptyFilterMeansAny() throws {
        #expect(try QueryItems(query: "status=").filter("status") == nil)
    }

    @Test(arguments: [
        ("status=" + String(repeating: "a", count: 256), "too_big"),
        ("status=a%00b", "invalid_string"), ("status=%FF", "invalid_string"), ("status=a&status=b", "invalid_type"),
    ])
    func unusableFilterIsRefused(query: String, code: String) throws {
        let error = try #require(throws: Refusal.self) { try QueryItems(query: query).filter("status") }
        #expect(try error.words().code == code)
        #expect(try error.words().field == "status")
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
        ("limit=0", "too_small"), ("limit=-1", "too_small"), ("limit=-99999999999999999999", "too_small"),
        ("limit=101", "too_big"), ("limit=99999999999999999999", "too_big"), ("limit=abc", "invalid_type"),
        ("limit=", "invalid_type"), ("limit=2.5", "invalid_type"), ("limit=1e1", "invalid_type"),
        ("limit=-", "invalid_type"),
        ("limit=+5", "invalid_type"), ("limit=٥", "invalid_type"), ("limit=1&limit=1", "invalid_type"),
    ])
    func badIntegerIsRefused(query: String, code: String) throws {
        let error = try #require(throws: Refusal.self) {
            try QueryItems(query: query).integer("limit", in: 1...100)
        }
        #expect(try error.words().code == code)
        #expect(try error.words().field == "limit")
    }
}
