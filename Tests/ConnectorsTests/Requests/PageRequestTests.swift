import Connectors
import EventLog
import Testing

struct PageRequestTests {
    @Test func pageHasDefaults() throws {
        let page = try PageRequest(QueryItems(query: nil))
        #expect(page == PageRequest(limit: 25, cursor: nil))
    }

    @Test(arguments: [
        "cursor=2026-05-26T18:42:00.123Z", "cursor=2026-05-26T18%3A42%3A00.123%2B00%3A00",
        "cursor=2026-05-26T18:42:00.123+00:00",
    ])
    func cursorIsRead(query: String) throws {
        let page = try PageRequest(QueryItems(query: query + "&limit=7"))
        #expect(page == PageRequest(limit: 7, cursor: PageCursor(microseconds: 1_779_820_920_123_000)))
    }

    @Test(arguments: ["cursor=", "cursor=abc", "cursor=25", "cursor=2024-01-15"])
    func badCursorIsAnInvalidDatetime(query: String) {
        #expect(throws: Refusal.invalid([Fault(.query, "cursor", .notA(.time, received: nil))])) {
            try PageRequest(QueryItems(query: query))
        }
    }
}
