import Testing

@testable import Connectors

struct SurfaceListRequestTests {
    private static let edges = ListRules(paging: .edges(usual: 10, most: 100))
    private static let numbered = ListRules(
        paging: .pages(first: 1, size: "page_size", usual: 20, most: 100, isCounted: true),
        order: .ordering,
        sorts: ["created", "name"],
        filters: [
            ListFilter("customer", column: "customer_id"), ListFilter("email", .lowercased, column: "email"),
            ListFilter("active", .boolean), ListFilter("created", .time), ListFilter("metadata", .members),
            ListFilter("search", .search, at: [["a"], ["b"]]),
        ]
    )

    private func list(_ query: String, _ rules: ListRules = Self.numbered) throws(Refusal) -> ListRequest {
        try ListRequest(QueryItems(query: query), rules, pageURL: "u?page=")
    }

    @Test func firstPageIsTheUsualOne() throws {
        let page = try list("")
        #expect(page.place == #"{"limit":20,"offset":0,"page":1,"page_url":"u?page=","descending":true}"#)
        #expect(page.filters == nil)
        #expect(try list("", Self.edges).place == #"{"limit":10,"descending":true}"#)
    }

    @Test func pagesAndOrdersAreTaken() throws {
        #expect(try list("page=3&page_size=7&ordering=name").place.hasPrefix(#"{"limit":7,"offset":14,"page":3,"#))
        #expect(try list("ordering=name").place.hasSuffix(#""descending":false,"sort":"name"}"#))
        #expect(try list("ordering=-created").place.hasSuffix(#""descending":true,"sort":"created"}"#))
        let id = "B27FD363-b75e-4ed1-af08-0b05119ea6b1"
        #expect(try list("endingBefore=\(id)&limit=3", Self.edges).place.contains(#""before":"\#(id.lowercased())""#))
    }

    @Test func edgeIsNamed() throws {
        let id = "b27fd363-b75e-4ed1-af08-0b05119ea6b1"
        for name in ["startingAfter", "endingBefore"] {
            #expect(try list("\(name)=\(id)", Self.edges).edgeName == name)
        }
        #expect(try list("", Self.edges).edgeName == nil)
    }

    @Test(arguments: [
        ("customer=c", #"{"indexed":{"customer_id":"c"}}"#), ("email=A%40x.io", #"{"indexed":{"email":"a@x.io"}}"#),
        ("email=A+b%40x.io", #"{"indexed":{"email":"a+b@x.io"}}"#),
        (
            "customer__in=a,b",
            #"{"indexed":{},"conditions":[{"paths":[["customer_id"]],"test":"column","values":["a","b"]}]}"#
        ),
        (
            "customer=a&customer__in=b",
            #"{"indexed":{"customer_id":"a"},"conditions":[{"paths":[["customer_id"]],"test":"column","values":["b"]}]}"#
        ),
        ("active=True", #"{"indexed":{},"conditions":[{"paths":[["active"]],"test":"is","values":["true"]}]}"#),
        (
            "created__gte=2026-01-02",
            #"{"indexed":{},"conditions":[{"paths":[["created"]],"test":"gte","values":["2026-01-02T00:00:00.000Z"]}]}"#
        ),
        (
            "metadata__a%22b=1",
            #"{"indexed":{},"conditions":[{"paths":[["metadata","a\"b"]],"test":"is","values":["1"]}]}"#
        ),
        ("search=x", #"{"indexed":{},"conditions":[{"paths":[["a"],["b"]],"test":"contains","values":["x"]}]}"#),
    ])
    func filtersAreTaken(query: String, filters: String) throws {
        #expect(try list(query).filters == filters)
    }

    @Test(arguments: ["", "x", "unknown=1&active=", "customer="])
    func unknownAndEmptyOnesAreIgnored(query: String) throws {
        #expect(try list(query).filters == nil)
    }

    @Test(arguments: [
        ("page_size=0", "page_size", Fault.Cause.tooSmall(1)), ("page_size=101", "page_size", .tooBig(100)),
        ("page_size=+1", "page_size", .notA(.integer, received: nil)),
        ("active=maybe", "active", .notA(.boolean, received: nil)),
        ("created__lt=soon", "created__lt", .notA(.time, received: nil)),
        ("customer=a&customer=b", "customer", .repeated),
        ("customer=%00", "customer", .unreadable),
    ])
    func faultsAreNamed(query: String, name: String, cause: Fault.Cause) {
        #expect(throws: Refusal.invalid([Fault(.query, name, cause)])) { try list(query) }
    }

    @Test(arguments: ["0", "x", "-1", "99999999999"]) func pageThatCannotBeIsNone(page: String) {
        #expect(throws: Refusal.noSuchPage) { try list("page=\(page)") }
    }
}
