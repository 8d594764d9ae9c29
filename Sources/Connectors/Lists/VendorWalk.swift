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
        /// The kinds of lists that were not there, and of those that were.
        fileprivate var absent: Set<String> = []
        fileprivate var present: Set<String> = []
        /// Whether the list was begun anew in this run, since its place was lost.
        fileprivate var isBegunAnew = false

        private enum CodingKeys: CodingKey {
            case list, page, open, absent, present
        }
    }

    /// A list that belongs to an object.
    fileprivate struct Open: Sendable, Hashable, Codable {
        /// The number of the list that the object is in, and of its own list.
        let list: Int
        let child: Int
        let parent: String
        var page: VendorPagePlace?
        var isBegunAnew = false

        private enum CodingKeys: CodingKey {
            case list, child, parent, page
        }
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
        forgetCountedPlaces()
    }

    /// The kinds of objects whose lists were not there wherever they were asked for.
    package var absentKinds: [String] { place.absent.subtracting(place.present).sorted() }

    /// Begins the lists in hand anew whose places are counted: much may have gone since, and what comes after has moved up.
    private mutating func forgetCountedPlaces() {
        if lists.indices.contains(place.list), lists[place.list].paging.isCounted { place.page = nil }
        for index in place.open.indices where list(of: place.open[index]).paging.isCounted {
            place.open[index].page = nil
        }
    }

    private func list(of open: Open) -> VendorList { lists[open.list].children[open.child] }

    /// Whether everything was read.
    package var isOver: Bool { place.open.isEmpty && place.list >= lists.count }

    /// What to ask for now, all at a time; nothing when the walk is over.
    package var requests: [VendorPageRequest] {
        guard place.open.isEmpty else {
            return place.open.prefix(width).map {
                VendorPageRequest(list: list(of: $0), parent: $0.parent, place: $0.page, isBegunAnew: $0.isBegunAnew)
            }
        }
        guard !isOver else { return [] }
        return [
            VendorPageRequest(list: lists[place.list], parent: nil, place: place.page, isBegunAnew: place.isBegunAnew)
        ]
    }

    /// Takes the answers to ``requests`` in their order.
    package mutating func receive(_ answers: [VendorAnswer]) {
        let steps = zip(requests, answers).map(Step.init)
        for step in steps {
            if step.isAbsent { place.absent.insert(step.kind) }
            if step.isPresent { place.present.insert(step.kind) }
        }
        guard place.open.isEmpty else {
            let rest = zip(place.open, steps).compactMap { open, step -> Open? in
                guard !step.isEnd else { return nil }
                var open = open
                open.page = step.next
                open.isBegunAnew = open.isBegunAnew || step.isLost
                return open
            }
            place.open.replaceSubrange(..<steps.count, with: rest)
            return
        }
        guard let step = steps.first else { return }
        let list = place.list
        place.page = step.next
        place.isBegunAnew = !step.isEnd && (place.isBegunAnew || step.isLost)
        if step.isEnd { place.list += 1 }
        place.open = step.ids.flatMap { id in
            lists[list].children.indices.map { Open(list: list, child: $0, parent: id) }
        }
    }

    /// What an answer means for its list.
    private struct Step {
        let kind: String
        var ids: [String] = []
        /// Where the list goes on; nil is its beginning or, when it is at its end, nowhere.
        var next: VendorPagePlace?
        var isLost = false
        var isAbsent = false
        var isPresent = false

        var isEnd: Bool { next == nil && !isLost }

        init(_ request: VendorPageRequest, _ answer: VendorAnswer) {
            kind = request.list.kind
            switch answer {
            case .page(let page):
                ids = page.ids
                next = page.next
                isPresent = true
            case .absent:
                next = request.placeBefore
                isAbsent = request.place == nil && request.list.isOptional
            case .placeLost: isLost = true
            }
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
