import EventLog
import Testing

@testable import Connectors

struct VendorPageTests {
    private func request(_ paging: VendorPaging, at place: VendorPagePlace? = nil) -> VendorPageRequest {
        VendorPageRequest(
            list: VendorList(kind: "contact", path: "/contacts", paging: paging),
            parent: nil,
            place: place
        )
    }

    private func page(_ body: String, _ paging: VendorPaging, at place: VendorPagePlace? = nil) throws -> VendorPage {
        try VendorPage(Array(body.utf8), of: request(paging, at: place))
    }

    @Test func objectsStayAsTheyAreSpelt() throws {
        let page = try page(#"{"data":[{"id":"a","n":1.50}, {"id":7}],"has_more":false,"next_cursor":null}"#, .cursor)
        #expect(
            page.lines == [
                ImportLine(Array(#"{"id":"a","n":1.50}"#.utf8), kind: "contact", isCertain: true),
                ImportLine(Array(#"{"id":7}"#.utf8), kind: "contact", isCertain: true),
            ]
        )
        #expect(page.ids == ["a", "7"])
        #expect(page.next == nil)
    }

    @Test(arguments: [
        (
            VendorPaging.cursor, #"{"data":[{"id":"a"}],"has_more":true,"next_cursor":"2026-01-01T00:00:00.5Z"}"#,
            "limit=100&cursor=2026-01-01T00%3A00%3A00.5Z"
        ),
        (
            .numbered, #"{"results":[{"id":"a"}],"next":"http://x/?page=2","count":150}"#,
            "page=2&page_size=100&ordering=created"
        ),
        (.untilEmpty, #"{"data":[{"id":"a"}]}"#, "page=1&limit=200&sort_by=created_at&sort_order=asc"),
        (.startingAfter, #"{"results":[{"id":"a"},{"id":"b"}],"hasMore":true}"#, "limit=100&startingAfter=b"),
    ])
    func nextPageIsAskedForInTheVendorsWay(paging: VendorPaging, body: String, query: String) throws {
        let place = try #require(try page(body, paging).next)
        #expect(paging.query(at: place) == query)
    }

    @Test(arguments: [
        (VendorPaging.cursor, #"{"data":[],"has_more":false,"next_cursor":null}"#),
        (.cursor, #"{"data":[{"id":"a"}],"has_more":false,"next_cursor":"x"}"#),
        (.cursor, #"{"data":[],"has_more":true,"next_cursor":null}"#),
        (.numbered, #"{"results":[{"id":"a"}],"next":null,"count":1}"#),
        (.untilEmpty, #"{"data":[]}"#),
        (.startingAfter, #"{"results":[{"id":"a"}],"hasMore":false}"#),
        (.startingAfter, #"{"results":[],"hasMore":true}"#),
    ])
    func lastPageLeadsNowhere(paging: VendorPaging, body: String) throws {
        #expect(try page(body, paging).next == nil)
    }

    @Test(arguments: [
        (VendorPaging.cursor, ""), (.cursor, "[]"), (.cursor, "<html>"), (.cursor, #"{"data":{}}"#),
        (.numbered, #"{"data":[]}"#), (.untilEmpty, #"{"data":[1,]}"#),
        // There is more, but nobody says where.
        (.cursor, #"{"data":[{"id":"a"}],"has_more":true,"next_cursor":null}"#),
        (.startingAfter, #"{"results":[{"name":"a"}],"hasMore":true}"#), (.untilEmpty, #"{"data":[{"name":"a"}]}"#),
    ])
    func otherAnswersAreNoPages(paging: VendorPaging, body: String) {
        #expect(throws: VendorPage.Failure.self) { try page(body, paging) }
    }

    @Test func pageThatLeadsToItselfIsRefused() {
        #expect(throws: VendorPage.Failure.self) {
            try page(
                #"{"data":[{"id":"a"}],"has_more":true,"next_cursor":"c"}"#,
                .cursor,
                at: VendorPagePlace(token: "c")
            )
        }
    }

    @Test func listThatIsNotPagedAtAllIsReadOnce() throws {
        let body = #"{"data":[{"id":"a"},{"id":"b"}]}"#
        let first = try page(body, .untilEmpty)
        #expect(first.ids == ["a", "b"])
        let second = try page(body, .untilEmpty, at: first.next)
        #expect(second == .empty)
    }

    @Test(arguments: [(200, 149, 3, "2"), (200, 99, 3, "1"), (10, 9, 2, "1"), (500, 100, 3, "1")])
    func pagesBeforeAreReadAgainWhenObjectsHaveGone(before: Int, now: Int, page number: Int, next: String) throws {
        let place = VendorPagePlace(token: String(number), count: before)
        let page = try page(#"{"results":[{"id":"a"}],"next":"x","count":\#(now)}"#, .numbered, at: place)
        #expect(page.next == VendorPagePlace(token: next, count: now))
    }

    @Test func objectsInsideObjectsAreReadToo() throws {
        let list = VendorList(kind: "outer", path: "/x", paging: .untilEmpty, embedded: ["inner": "person"])
        let page = try VendorPage(
            Array(#"{"data":[{"id":"1","inner":{"id":"p"}},{"id":"2"}]}"#.utf8),
            of: VendorPageRequest(list: list, parent: nil, place: nil)
        )
        #expect(page.lines.map(\.kind) == ["person", "outer", "outer"])
        #expect(page.ids == ["1", "2"])
    }
}
