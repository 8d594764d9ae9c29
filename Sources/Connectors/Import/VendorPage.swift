import EventLog

/// A page of a vendor's list.
package struct VendorPage: Sendable, Hashable {
    /// Why a page cannot be used.
    package struct Failure: Error, Hashable {}

    /// The ids of its objects, where they have one.
    package let ids: [String]
    /// Its objects as they were sent, and those that stand inside them.
    package let lines: [ImportLine]
    /// Where the next page begins; nil after the last one.
    package let next: VendorPagePlace?

    /// The page that stands for a list that has ended or is not there.
    static let empty = VendorPage(ids: [], lines: [], next: nil)

    private init(ids: [String], lines: [ImportLine], next: VendorPagePlace?) {
        self.ids = ids
        self.lines = lines
        self.next = next
    }

    /// Reads the answer to a request.
    ///
    /// - Throws: `Failure` when it is not the page of a list in the vendor's form, or when it leads nowhere but to itself.
    package init(_ body: [UInt8], of request: VendorPageRequest) throws(Failure) {
        let list = request.list
        guard let value = try? JSONReader<JSONValue>.read(body), case .object(let members) = value,
            case .array(let objects)? = members[list.paging.member],
            let array = JSONSlices.member(list.paging.member, of: body[...])
        else { throw Failure() }
        let elements = JSONSlices.elements(of: array)
        guard elements.count == objects.count else { throw Failure() }
        if list.paging == .untilEmpty, request.place != nil, request.place?.firstID == objects.first.flatMap(Self.id) {
            // Every page is the same: the list is not paged.
            self = .empty
            return
        }
        var lines: [ImportLine] = []
        for element in elements {
            for (member, kind) in list.embedded.sorted(by: { $0.key < $1.key }) {
                guard let inner = JSONSlices.member(member, of: element) else { continue }
                lines.append(ImportLine(Array(inner), kind: kind))
            }
            lines.append(ImportLine(Array(element), kind: list.kind))
        }
        self.lines = lines
        ids = objects.compactMap(Self.id)
        next = Self.next(members, objects: objects, of: request)
        guard next == nil || next != request.place else { throw Failure() }
    }

    private static func next(_ members: [String: JSONValue], objects: [JSONValue], of request: VendorPageRequest)
        -> VendorPagePlace?
    {
        switch request.list.paging {
        case .cursor:
            guard members["has_more"] == .boolean(true), case .string(let cursor)? = members["next_cursor"] else {
                return nil
            }
            return VendorPagePlace(token: cursor)
        case .numbered:
            return nextNumber(members, objects: objects, of: request)
        case .untilEmpty:
            guard !objects.isEmpty else { return nil }
            let page = request.place.flatMap { Int($0.token) } ?? 0
            return VendorPagePlace(token: String(page + 1), firstID: objects.first.flatMap(id))
        case .startingAfter:
            guard members["hasMore"] == .boolean(true), let last = objects.last.flatMap(id) else { return nil }
            return VendorPagePlace(token: last)
        }
    }

    /// The next page by number; one before when objects have gone since the last page, for the others have moved up.
    private static func nextNumber(
        _ members: [String: JSONValue],
        objects: [JSONValue],
        of request: VendorPageRequest
    ) -> VendorPagePlace? {
        let page = request.place.flatMap { Int($0.token) } ?? 1
        let count = members["count"]?.wholeNumber.map { Int($0) }
        if let count, let before = request.place?.count, count < before, page > 1 {
            let gone = 1 + (before - count - 1) / request.list.paging.size
            return VendorPagePlace(token: String(max(page - gone, 1)), count: count)
        }
        guard case .string? = members["next"], !objects.isEmpty else { return nil }
        return VendorPagePlace(token: String(page + 1), count: count)
    }

    private static func id(of object: JSONValue) -> String? {
        guard case .object(let members) = object else { return nil }
        switch members["id"] {
        case .string(let id), .number(let id): return id
        default: return nil
        }
    }
}
