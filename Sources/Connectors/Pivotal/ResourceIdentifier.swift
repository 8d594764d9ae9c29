/// How a path or a filter names an object: all digits mean its `display_id`, anything else its `id`.
///
/// Ids are opaque: cuids and prefixed ids alike. What cannot name any object is `unmatchable`, so that it is not found
/// rather than an error.
package enum ResourceIdentifier: Hashable, Sendable {
    case displayID(Int64)
    case id(String)
    /// Nothing has this name: it is empty, too long, not text, or a number beyond 64 bits.
    case unmatchable

    /// The most bytes an id has: longer ones are stored as their hash.
    package static let longestID = 255

    /// Reads the text of a path component or a parameter, percent-decoded.
    package init(_ text: some StringProtocol) {
        let bytes = text.utf8
        if bytes.isEmpty || bytes.count > Self.longestID || bytes.contains(0) {
            self = .unmatchable
        } else if bytes.allSatisfy({ (0x30...0x39).contains($0) }) {
            self = Int64(text).map(Self.displayID) ?? .unmatchable
        } else {
            self = .id(String(text))
        }
    }
}
