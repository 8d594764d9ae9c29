import Connectors
import EventLog
import Testing

struct ListRequestTests {
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
        #expect(throws: PivotalError(.invalidString, "Invalid datetime", field: "cursor")) {
            try PageRequest(QueryItems(query: query))
        }
    }

    @Test func customerFiltersAreAnyText() throws {
        let list = try CustomerListRequest(QueryItems(query: "status=not%20a%20status&slug=acme-co&other=1"))
        #expect(list.status == "not a status")
        #expect(list.slug == "acme-co")
        #expect(list.page == PageRequest())
    }

    @Test(
        arguments: [
            ("customer_id=42", ResourceIdentifier.displayID(42)), ("customer_id=cus_1", .id("cus_1")),
            ("customer_id=", nil),
            ("", nil),
        ] as [(String, ResourceIdentifier?)]
    )
    func onboardingsOfACustomer(query: String, customer: ResourceIdentifier?) throws {
        #expect(try OnboardingListRequest(QueryItems(query: query)).customer == customer)
    }

    @Test(arguments: ["active", "waiting", "blocked", "done", "kickoff"])
    func onboardingFiltersAreAnyText(word: String) throws {
        let list = try OnboardingListRequest(QueryItems(query: "state=\(word)&phase=\(word)"))
        #expect(list.state == word)
        #expect(list.phase == word)
    }
}
