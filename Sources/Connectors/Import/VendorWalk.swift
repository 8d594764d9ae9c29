import EventLog

/// Walks through a vendor's lists: says what to ask for next, and takes the answers.
///
///     customers, page 1 ──▶ the contacts of each of its customers ──▶ customers, page 2 ──▶ … ──▶ onboardings ──▶ over
///
/// The lists that belong to a page's objects are read several at a time, everything else in order. Between two rounds of
/// requests a walk can be left, and gone on with from its ``place``.
package struct VendorWalk: Sendable {
    /// Where a walk can go on.
    package struct Place: Sendable, Hashable, Codable {
        /// The number of the list, and where its next page begins.
        fileprivate var list = 0
        fileprivate var page: VendorPagePlace?
        /// The lists of earlier objects that are not read to their ends.
        fileprivate var open: [Open] = []
    }

    /// A list that belongs to an object.
    fileprivate struct Open: Sendable, Hashable, Codable {
        /// The number of the list that the object is in, and of its own list.
        let list: Int
        let child: Int
        let parent: String
        var page: VendorPagePlace?
    }

    private let lists: [VendorList]
    private let width: Int
    /// Where a later walk would go on.
    package private(set) var place: Place

    /// Creates a walk through an API's lists, from a place on, with at most `width` requests at a time.
    package init(_ api: VendorAPI, from place: Place? = nil, width: Int) {
        lists = api.lists
        self.width = width
        self.place = place.flatMap { Self.isValid($0, in: api.lists) ? $0 : nil } ?? Place()
    }

    /// Whether everything was read.
    package var isOver: Bool { place.open.isEmpty && place.list >= lists.count }

    /// What to ask for now, all at a time; nothing when the walk is over.
    package var requests: [VendorPageRequest] {
        guard place.open.isEmpty else {
            return place.open.prefix(width).map {
                VendorPageRequest(list: lists[$0.list].children[$0.child], parent: $0.parent, place: $0.page)
            }
        }
        guard !isOver else { return [] }
        return [VendorPageRequest(list: lists[place.list], parent: nil, place: place.page)]
    }

    /// Takes the answers to ``requests`` in their order; nil stands for a list that is not there.
    package mutating func receive(_ pages: [VendorPage?]) {
        let nextPages = zip(requests, pages).map { request, page in page.map(\.next) ?? request.placeBefore }
        guard place.open.isEmpty else {
            let rest = zip(place.open, nextPages).compactMap { open, next in
                next.map { Open(list: open.list, child: open.child, parent: open.parent, page: $0) }
            }
            place.open.replaceSubrange(..<nextPages.count, with: rest)
            return
        }
        guard let next = nextPages.first, let page = pages.first else { return }
        let list = place.list
        place.page = next
        if next == nil { place.list += 1 }
        place.open = (page?.ids ?? []).flatMap { id in
            lists[list].children.indices.map { Open(list: list, child: $0, parent: id) }
        }
    }

    /// Whether a place is one of these lists', and not of another version's.
    private static func isValid(_ place: Place, in lists: [VendorList]) -> Bool {
        (0...lists.count).contains(place.list)
            && place.open.allSatisfy { open in
                lists.indices.contains(open.list) && lists[open.list].children.indices.contains(open.child)
            }
    }
}
