/// What the native lists of contacts, customers and internal contacts are asked for: by when they last changed.
///
/// A cursor is the place where a page ended, whatever the order, in the form of ``PageCursor``.
package struct DirectoryListRequest: Hashable, Sendable {
    /// The most rows of the page, and where the page before ended.
    package let page: PageRequest
    /// Whether the oldest change comes first.
    package let isAscending: Bool
    /// The earliest change of interest, in microseconds since 1970-01-01 00:00:00 UTC; nil is any.
    package let updatedSince: Int64?
    /// The whole e-mail address, in any case; nil is any.
    package let email: String?
    /// A part of what the list is searched for, in any case; nil is any.
    package let text: String?
    /// The system that the objects are of; nil is any.
    package let system: String?
    /// Whether deleted objects are listed too.
    package let includesDeleted: Bool

    /// Reads the page, `order`, `updated_since`, `email`, `q`, `source` and `include_deleted`.
    ///
    /// Throws `invalid` with the first fault.
    package init(_ items: QueryItems) throws(Refusal) {
        page = try PageRequest(items)
        isAscending = try items.choice("order", "asc or desc", ["asc": true, "desc": false]) ?? false
        updatedSince = try items.datetime("updated_since")?.microseconds
        email = try items.address("email")
        text = try items.filter("q")
        system = try items.system()
        includesDeleted =
            try items.choice("include_deleted", "true or false", ["true": true, "false": false]) ?? false
    }
}

extension QueryItems {
    /// The system that `source` names; nil is any.
    ///
    /// A row is what all sources of its system made of it, so that no single one can be asked for: `invalid`.
    func system() throws(Refusal) -> String? {
        guard let system = try filter("source") else { return nil }
        guard !system.hasPrefix("src_") else {
            throw .query("source", .notLike("a system's name, as in \(Surface.all[0].system.rawValue)"))
        }
        return system
    }

    /// What one of a few words stands for; nil when the parameter is absent.
    fileprivate func choice<Value>(
        _ name: String,
        _ form: String,
        _ words: [String: Value]
    ) throws(Refusal) -> Value? {
        guard let text = try single(name) else { return nil }
        guard let value = words[text] else { throw .query(name, .notLike(form)) }
        return value
    }
}
