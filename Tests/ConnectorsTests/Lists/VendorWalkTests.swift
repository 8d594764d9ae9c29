import EventLog
import Foundation
import Testing

@testable import Connectors

struct VendorWalkTests {
    /// A vendor in memory, whose lists have pages of a few objects.
    private struct Vendor {
        /// The objects by the path of their list.
        var lists: [String: [String]]
        var pageSize = 2

        func answer(_ request: VendorPageRequest) throws -> VendorAnswer {
            let path = String(request.target.prefix { $0 != "?" })
            guard let ids = lists[path] else { return .absent }
            let start = request.place.flatMap { Int($0.token) } ?? 0
            let rest = ids[min(start, ids.count)...]
            let objects = rest.prefix(pageSize).map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
            let hasMore = rest.count > pageSize
            let next = hasMore ? #""\#(start + pageSize)""# : "null"
            let body = #"{"data":[\#(objects)],"has_more":\#(hasMore),"next_cursor":\#(next)}"#
            return .page(try VendorPage(Array(body.utf8), of: request))
        }
    }

    private static let vendor = Vendor(lists: [
        "/customers": ["a", "b", "c"],
        "/customers/a/contacts": ["a1", "a2", "a3", "a4", "a5"],
        "/customers/b/contacts": [],
        "/customers/c/contacts": ["c1"],
        "/onboardings": ["o1", "o2", "o3"],
    ])

    private func pivotal() throws -> VendorAPI { try #require(Connector.named(.pivotal)?.lists) }

    /// Goes on with a walk for so many rounds at most; returns the ids that it brought.
    private func go(_ walk: inout VendorWalk, in vendor: Vendor = vendor, rounds: Int = .max) throws -> [String] {
        var ids: [String] = []
        var round = 0
        while !walk.isOver, round < rounds {
            round += 1
            let requests = walk.requests
            #expect(!requests.isEmpty)
            let answers = try requests.map(vendor.answer)
            ids += answers.flatMap { $0.page?.ids ?? [] }
            walk.receive(answers)
        }
        return ids
    }

    @Test(arguments: [1, 2, 16])
    func everythingIsReadOnce(width: Int) throws {
        var walk = VendorWalk(try pivotal(), width: width)
        let ids = try go(&walk)
        #expect(ids.sorted() == ["a", "a1", "a2", "a3", "a4", "a5", "b", "c", "c1", "o1", "o2", "o3"])
        #expect(walk.requests.isEmpty)
    }

    @Test func requestsAreBounded() throws {
        var vendor = Self.vendor
        vendor.pageSize = 100
        vendor.lists["/customers"] = (0..<50).map(String.init)
        var walk = VendorWalk(try pivotal(), width: 3)
        walk.receive(try walk.requests.map(vendor.answer))
        #expect(walk.requests.count == 3)
        walk.receive(try walk.requests.map(vendor.answer))
        #expect(walk.requests.count == 3)
    }

    @Test func walkGoesOnFromEveryPlace() throws {
        var whole = VendorWalk(try pivotal(), width: 2)
        let all = try go(&whole).sorted()
        for rounds in 0..<12 {
            var first = VendorWalk(try pivotal(), width: 2)
            let before = try go(&first, rounds: rounds)
            let saved = try JSONEncoder().encode(first.place)
            let place = try JSONDecoder().decode(VendorWalk.Place.self, from: saved)
            var second = VendorWalk(try pivotal(), from: place, width: 2)
            let after = try go(&second)
            #expect((before + after).sorted() == all, "interrupted after \(rounds) rounds")
        }
    }

    @Test func listsOfObjectsThatHaveGoneAreEmpty() throws {
        var vendor = Self.vendor
        vendor.lists["/customers/a/contacts"] = nil
        var walk = VendorWalk(try pivotal(), width: 2)
        #expect(try go(&walk, in: vendor).sorted() == ["a", "b", "c", "c1", "o1", "o2", "o3"])
    }

    @Test func placeOfOtherListsIsNotGoneOnFrom() throws {
        let foreign = #"{"list":9,"open":[],"absent":[],"present":[]}"#
        let place = try JSONDecoder().decode(VendorWalk.Place.self, from: Data(foreign.utf8))
        let walk = VendorWalk(try pivotal(), from: place, width: 2)
        #expect(walk.requests.map(\.target) == ["/customers?limit=100"])
    }

    @Test func pageThatIsNoLongerThereSendsBackByOne() throws {
        let api = try #require(Connector.named(.piriod)?.lists)
        var walk = VendorWalk(api, width: 1)
        let first = #"{"results":[{"id":"a"}],"next":"x","count":150}"#
        walk.receive([.page(try VendorPage(Array(first.utf8), of: walk.requests[0]))])
        #expect(walk.requests[0].target.hasPrefix("/customers/?page=2&"))
        #expect(walk.requests[0].mayBeAbsent)
        walk.receive([.absent])
        #expect(walk.requests[0].target.hasPrefix("/customers/?page=1&"))
        let empty = #"{"results":[],"next":null,"count":0}"#
        walk.receive([.page(try VendorPage(Array(empty.utf8), of: walk.requests[0]))])
        #expect(walk.requests[0].target.hasPrefix("/orgunits/?page=1&"))
    }

    @Test func idsAreWrittenForAPath() {
        let list = VendorList(kind: "contact", path: "/customers/{id}/contacts", paging: .cursor)
        let request = VendorPageRequest(list: list, parent: "a/b?ä", place: nil)
        #expect(request.target == "/customers/a%2Fb%3F%C3%A4/contacts?limit=100")
    }

    @Test func listWhosePlaceIsLostIsBegunAnewOnce() throws {
        var walk = VendorWalk(try #require(Connector.named(.ruddr)?.lists), width: 1)
        let more = #"{"results":[{"id":"a"}],"hasMore":true}"#
        walk.receive([.page(try VendorPage(Array(more.utf8), of: walk.requests[0]))])
        let lost = walk.requests[0]
        #expect(lost.target == "/clients?limit=100&startingAfter=a")
        #expect(lost.mayBeginAnew && !lost.mayBeAbsent)
        walk.receive([.placeLost])
        #expect(walk.requests[0].target == "/clients?limit=100")
        walk.receive([.page(try VendorPage(Array(more.utf8), of: walk.requests[0]))])
        #expect(!walk.requests[0].mayBeginAnew, "the list may be one that nobody can read to its end")
        let last = #"{"results":[],"hasMore":false}"#
        walk.receive([.page(try VendorPage(Array(last.utf8), of: walk.requests[0]))])
        walk.receive([.page(try VendorPage(Array(more.replacing(#""a""#, with: #""b""#).utf8), of: walk.requests[0]))])
        #expect(walk.requests[0].mayBeginAnew, "another list")
    }

    @Test func listOfAnObjectWhosePlaceIsLostIsBegunAnewToo() throws {
        var walk = VendorWalk(try pivotal(), width: 2)
        walk.receive(try walk.requests.map(Self.vendor.answer))
        walk.receive(try walk.requests.map(Self.vendor.answer))
        let lost = walk.requests[0]
        #expect(lost.target.hasPrefix("/customers/a/contacts?") && lost.mayBeginAnew && !lost.mayBeAbsent)
        walk.receive([.placeLost] + (try walk.requests.dropFirst().map(Self.vendor.answer)))
        let again = try #require(walk.requests.first { $0.target.hasPrefix("/customers/a/contacts?") })
        #expect(again.isAtStart && again.mayBeAbsent)
        #expect(try go(&walk).filter { $0.hasPrefix("a") } == ["a1", "a2", "a3", "a4", "a5"])
    }

    @Test(arguments: [ConnectorName.piriod, .stuut])
    func listWithCountedPlacesIsBegunAnewByALaterRun(connector: ConnectorName) throws {
        let api = try #require(Connector.named(connector)?.lists)
        var walk = VendorWalk(api, width: 1)
        let body = #"{"data":[{"id":"a"}],"results":[{"id":"a"}],"next":"x","count":900}"#
        walk.receive([.page(try VendorPage(Array(body.utf8), of: walk.requests[0]))])
        while !walk.requests.allSatisfy({ $0.parent == nil }) { walk.receive(walk.requests.map { _ in .absent }) }
        #expect(!walk.requests[0].isAtStart)
        let later = VendorWalk(api, from: walk.place, width: 1)
        #expect(later.requests[0].isAtStart)
        #expect(later.requests[0].list == walk.requests[0].list)
    }

    @Test func listsThatAreNotThereAreNamed() throws {
        var walk = VendorWalk(try #require(Connector.named(.stuut)?.lists), width: 4)
        let partners = #"{"data":[{"id":"p"},{"id":"q"}]}"#
        walk.receive([.page(try VendorPage(Array(partners.utf8), of: walk.requests[0]))])
        let contacts = walk.requests.map { request -> VendorAnswer in
            guard request.list.kind == "partner_contact", request.parent == "q" else { return .absent }
            return .page(.empty)
        }
        walk.receive(contacts)
        let saved = try JSONEncoder().encode(walk.place)
        var later = VendorWalk(
            try #require(Connector.named(.stuut)?.lists),
            from: try JSONDecoder().decode(VendorWalk.Place.self, from: saved),
            width: 4
        )
        later.receive([.page(.empty)])
        later.receive([.absent])
        #expect(later.isOver)
        #expect(later.absentKinds == ["internal_contact", "internal_contact_assignment"])
    }
}
