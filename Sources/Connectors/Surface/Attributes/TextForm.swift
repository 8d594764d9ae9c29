import EventLog

/// The forms that texts of certain attributes must have, and are given.
package enum TextForm {
    /// Whether a text is an e-mail address.
    ///
    /// The part before the last @ is a dot-atom of RFC 5322, the rest at least two labels of a domain's name.
    static func isEmail(_ text: String) -> Bool {
        guard let at = text.utf8.lastIndex(of: UInt8(ascii: "@")) else { return false }
        return isDotAtom(text[..<at]) && isDomain(text[text.utf8.index(after: at)...])
    }

    /// The same as a JSON schema has it.
    static let emailPattern =
        #"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"#
        + #"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]$"#

    /// A domain without protocol and path, in lower case; nil when nothing is left.
    static func domain(_ text: String) -> String? {
        var domain = text.lowercased()[...]
        for scheme in ["https://", "http://"] where domain.hasPrefix(scheme) { domain.removeFirst(scheme.count) }
        domain = domain.prefix { !"/?#".contains($0) }
        return domain.isEmpty ? nil : String(domain)
    }

    /// A day as it is, or a time in UTC to the millisecond; nil for anything else.
    static func moment(_ text: String) -> String? {
        if ISODatetime(text + "T00:00:00Z") != nil, text.utf8.count == 10, !text.hasPrefix("0000") { return text }
        // From the year 1 to 9999, whatever the offset.
        guard let time = ISODatetime(text), (-62_135_596_800...253_402_300_799).contains(time.secondsSince1970) else {
            return nil
        }
        return time.inUTC
    }

    /// A UUID, 8, 4, 4, 4 and 12 hexadecimal digits, in lower case; nil for anything else.
    package static func uuid(_ text: String) -> String? {
        let groups = text.split(separator: "-", omittingEmptySubsequences: false)
        guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12],
            groups.joined().allSatisfy({ $0.isASCII && $0.isHexDigit })
        else { return nil }
        return text.lowercased()
    }

    private static func isDotAtom(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { atom in
            !atom.isEmpty && atom.utf8.allSatisfy { isLetterOrDigit($0) || "!#$%&'*+-/=?^_`{|}~".utf8.contains($0) }
        }
    }

    private static func isDomain(_ text: Substring) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let top = labels.last, top.utf8.count >= 2, top.utf8.first.map(isLetter) == true else {
            return false
        }
        return labels.allSatisfy { label in
            !label.isEmpty && label.first != "-" && label.last != "-"
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        isLetter(byte) || (0x30...0x39).contains(byte)
    }
}
