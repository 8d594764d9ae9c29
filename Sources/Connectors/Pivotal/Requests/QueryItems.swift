/// The parameters of a request's query, decoded; unknown ones are ignored by who reads them.
package struct QueryItems: Sendable {
    private let values: [String: [String]]

    /// Reads the query of a URL, without its question mark; nil is none.
    ///
    /// What is not UTF-8 once decoded reads as a NUL, which no parameter accepts.
    package init(query: String?) {
        let items = (query ?? "").split(separator: "&").map { item in
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return parts.map { PercentDecoding.decodeForm($0) ?? "\0" }
        }
        values = Dictionary(items.map { ($0[0], [$0.count > 1 ? $0[1] : ""]) }, uniquingKeysWith: +)
    }

    /// The names of the parameters.
    var names: some Collection<String> { values.keys }

    /// The values of a parameter, in order; none when it is absent.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The value of a parameter; nil when it is absent.
    ///
    /// Throws `invalid_type` when it is repeated.
    package func single(_ name: String) throws(PivotalError) -> String? {
        guard let given = values[name] else { return nil }
        guard given.count == 1 else {
            throw PivotalError(.invalidType, "Expected string, received array", field: name)
        }
        return given.first
    }

    /// The value of a filter; nil when it is absent or empty, which clients send for "any".
    ///
    /// Throws `too_big` beyond 255 characters, `invalid_string` for what no stored text can hold.
    package func filter(_ name: String) throws(PivotalError) -> String? {
        guard let value = try single(name), !value.isEmpty else { return nil }
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
