import EventLog

/// A vendor's own API as Hooklog answers it: a table of operations over kinds of objects, and the vendor's words.
///
/// One machinery serves every surface. What is special to a vendor stands in its tables (paths, attributes, filters), in its
/// ``Dialect`` (errors), and in its rules in SQL.
package struct Surface: Sendable {
    /// The vendor, which is the `system` of the objects.
    package let system: ConnectorName
    /// Where the paths begin, such as `/api/v1`.
    package let prefix: String
    /// How requests say who they are.
    package var access = SurfaceAccess.bearer
    /// How refusals are worded.
    package let dialect: any Dialect
    /// Whether ids are UUIDs, so that a path with another text is wrong rather than a path to nothing.
    package var hasUUIDs = false
    /// Whether objects have numbers too, so that all digits name one by its number.
    package var hasNumbers = false
    /// Whether a text that is empty, or only spaces, means null.
    package var readsEmptyTextAsNull = false
    /// The members of a list's answer.
    package let page: [PageMember]
    /// Everything the surface answers; of several that match a path, the first does.
    package let operations: [SurfaceOperation]

    /// The surfaces that this build serves.
    package static let all = Connector.all.compactMap(\.surface)

    /// The surface that a path belongs to; nil for none.
    package static func at(_ path: String) -> Surface? {
        let components = path.split(separator: "/")
        return all.first { components.starts(with: $0.prefix.split(separator: "/")) }
    }
}

/// A member of the answer to a list.
package struct PageMember: Sendable {
    /// The name.
    package let name: String
    /// What it may be, as a JSON schema; empty for the objects of the page.
    package var schema = ""
    /// What it may look like, as JSON text; empty likewise.
    package var example = ""

    /// Whether there is another page, or the like.
    package static func flag(_ name: String) -> PageMember {
        PageMember(name: name, schema: #"{"type": "boolean"}"#, example: "true")
    }
}

/// How the requests of a vendor's API say who they are.
package struct SurfaceAccess: Hashable, Sendable {
    /// The words before the key in `Authorization`, in lower case; an empty one stands for the key alone.
    package let schemes: [String]
    /// The header field that must name the key's workspace; nil when the key is enough.
    package var workspaceHeader: String?
    /// The header field that says `true` for test data; nil when the key is enough.
    package var testModeHeader: String?

    /// The word before the key, as requests should write it and as a 401 asks for it.
    package var scheme: String { (schemes.first ?? "").capitalized }

    /// A bearer key and nothing else.
    package static let bearer = SurfaceAccess(schemes: ["bearer"])
}
