/// The text of a UUID: 8, 4, 4, 4 and 12 hexadecimal digits.
package enum UUIDForm {
    /// The UUID in lower case; nil for a text that is none.
    package static func canonical(_ text: String) -> String? {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
            groups.joined().allSatisfy({ $0.isASCII && $0.isHexDigit })
        else { return nil }
        return text.lowercased()
    }
}
