/// The parameters of a request's query, decoded; unknown ones are ignored by who reads them.
package struct QueryItems: Sendable {
    /// The values as they were sent, by decoded name.
    private let sent: [String: [String]]

    /// Reads the query of a URL, without its question mark; nil is none.
    ///
    /// What is not UTF-8 once decoded reads as a NUL, which no parameter accepts.
    package init(query: String?) {
        let items = (query ?? "").split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (PercentDecoding.decodeForm(parts[0]) ?? "\0", [parts.count > 1 ? String(parts[1]) : ""])
        }
        sent = Dictionary(items, uniquingKeysWith: +)
    }

    /// The names of the parameters.
    var names: some Collection<String> { sent.keys }

    /// The values of a parameter, in order; none when it is absent.
    func all(_ name: String) -> [String] { sent[name, default: []].map { PercentDecoding.decodeForm($0) ?? "\0" } }

    /// The value of a parameter; nil when it is absent.
    ///
    /// Throws `invalid_type` when it is repeated.
    package func single(_ name: String) throws(PivotalError) -> String? {
        let given = all(name)
        guard given.count <= 1 else {
            throw PivotalError(.invalidType, "Expected string, received array", field: name)
        }
        return given.first
    }

    /// The value of a filter; nil when it is absent or empty, which clients send for "any".
    ///
    /// Throws `too_big` beyond 255 characters, `invalid_string` for what no stored text can hold.
    package func filter(_ name: String) throws(PivotalError) -> String? {
        try checked(single(name), name)
    }

    /// The e-mail address that a filter asks for; nil when it is absent or empty.
    ///
    /// A plus within it is meant as one, as people type it, though forms say that it is a blank; around it, where no
    /// address has any, it is a blank. Throws what ``filter(_:)`` does.
    package func address(_ name: String) throws(PivotalError) -> String? {
        guard try single(name) != nil, let sent = sent[name]?.first else { return nil }
        let blanksLeft = sent.drop { $0 == "+" }
        let end = blanksLeft.lastIndex { $0 != "+" }
        return try checked(end.map { PercentDecoding.decode(blanksLeft[...$0]) ?? "\0" }, name)
    }

    private func checked(_ value: String?, _ name: String) throws(PivotalError) -> String? {
        guard let value, !value.isEmpty else { return nil }
        guard value.unicodeScalars.count <= 255 else {
            throw PivotalError(.tooBig, "String must contain at most 255 character(s)", field: name)
        }
        guard !value.utf8.contains(0) else { throw PivotalError(.invalidString, "Invalid", field: name) }
        return value
    }

    /// A whole number in a range; nil when it is absent.
    ///
    /// Throws `invalid_type` for anything but a whole number in decimal digits, `too_small` or `too_big` out of range.
    package func integer(_ name: String, in range: ClosedRange<Int64>) throws(PivotalError) -> Int64? {
        guard let text = try single(name) else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw PivotalError(.invalidType, "Expected integer", field: name)
        }
        let value = Int64(text) ?? (text.hasPrefix("-") ? .min : .max)
        if value < range.lowerBound {
            throw PivotalError(.tooSmall, "Number must be greater than or equal to \(range.lowerBound)", field: name)
        }
        if value > range.upperBound {
            throw PivotalError(.tooBig, "Number must be less than or equal to \(range.upperBound)", field: name)
        }
        return value
    }
}
