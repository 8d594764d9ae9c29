import EventLog
import WebhookSignatures

/// A page of a vendor's list.
package struct VendorPage: Sendable, Hashable {
    /// Why a page cannot be used.
    package struct Failure: Error, Hashable {}

    /// The ids of its objects, where they have one.
    package private(set) var ids: [String] = []
    /// Its objects as they were sent, and those that stand inside them.
    package private(set) var lines: [ImportLine] = []
    /// Where the next page begins; nil after the last one.
    package private(set) var next: VendorPagePlace?
    /// How many objects the list has, where the vendor says it.
    package private(set) var count: Int?

    /// The page that stands for a list that has ended or is not there.
    static let empty = VendorPage()

    private init() {}

    /// Reads the answer to a request.
    ///
    /// - Throws: `Failure` when it is not the page of a list in the vendor's form, when it leads nowhere but to itself, or
    ///   when it has objects and says that there are more, but not where.
    package init(_ body: [UInt8], of request: VendorPageRequest) throws(Failure) {
        let list = request.list
        guard let value = try? JSONReader<JSONValue>.read(body), case .object(let members) = value,
            case .array(let objects)? = members[list.paging.member],
            let array = JSONPart(body)[list.paging.member]
        else { throw Failure() }
        let elements = array.elements
        guard elements.count == objects.count else { throw Failure() }
        if list.paging == .untilEmpty, let first = request.place?.firstID, first == objects.first.flatMap(Self.id) {
            // Every page is the same: the list is not paged.
            self = .empty
            return
        }
        for element in elements {
            for (member, kind) in list.embedded.sorted(by: { $0.key < $1.key }) {
                guard let inner = element[member] else { continue }
                lines.append(ImportLine(Array(inner.bytes), kind: kind, isCertain: true))
            }
            lines.append(ImportLine(Array(element.bytes), kind: list.kind, isCertain: true))
        }
        ids = objects.compactMap(Self.id)
        next = try Self.next(members, objects: objects, of: request)
        count = list.paging == .numbered ? members["count"]?.wholeNumber.map { Int($0) } : nil
        guard next == nil || next != request.place else { throw Failure() }
    }

    private static func next(
        _ members: [String: JSONValue],
        objects: [JSONValue],
        of request: VendorPageRequest
    ) throws(Failure) -> VendorPagePlace? {
        switch request.list.paging {
        case .cursor:
            guard members["has_more"] == .boolean(true) else { return nil }
            if case .string(let cursor)? = members["next_cursor"] { return VendorPagePlace(token: cursor) }
            return try end(after: objects)
        case .numbered:
            return nextNumber(members, objects: objects, of: request)
        case .untilEmpty:
            guard let first = objects.first.flatMap(id) else { return try end(after: objects) }
            let page = request.place.flatMap { Int($0.token) } ?? 0
            return VendorPagePlace(token: String(page + 1), firstID: first)
        case .startingAfter:
            guard members["hasMore"] == .boolean(true) else { return nil }
            guard let last = objects.last.flatMap(id) else { return try end(after: objects) }
            return VendorPagePlace(token: last)
        }
    }

    /// Where a list leads that says that there is more but not where: nowhere after an empty page, else nobody knows.
    private static func end(after objects: [JSONValue]) throws(Failure) -> VendorPagePlace? {
        guard objects.isEmpty else { throw Failure() }
        return nil
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
