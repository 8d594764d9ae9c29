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
            return (Self.decoded(parts[0]), [parts.count > 1 ? String(parts[1]) : ""])
        }
        sent = Dictionary(items, uniquingKeysWith: +)
    }

    /// The names of the parameters.
    var names: some Collection<String> { sent.keys }

    /// The values of a parameter, in order; none when it is absent.
    func all(_ name: String) -> [String] { sent[name, default: []].map { Self.decoded($0) } }

    private static func decoded(_ text: some StringProtocol) -> String {
        PercentDecoding.decode(text, plusIsSpace: true) ?? "\0"
    }

    /// The value of a parameter; nil when it is absent.
    ///
    /// Throws `invalid` when it is repeated.
    package func single(_ name: String) throws(Refusal) -> String? {
        let given = all(name)
        guard given.count <= 1 else {
            throw .query(name, .repeated)
        }
        return given.first
    }

    /// The value of a filter; nil when it is absent or empty, which clients send for "any".
    ///
    /// Throws `invalid` beyond 255 characters and for what no stored text can hold.
    package func filter(_ name: String) throws(Refusal) -> String? {
        try checked(single(name), name)
    }

    /// The e-mail address that a filter asks for; nil when it is absent or empty.
    ///
    /// A plus within it is meant as one, as people type it, though forms say that it is a blank; around it, where no
    /// address has any, it is a blank. Throws what ``filter(_:)`` does.
    package func address(_ name: String) throws(Refusal) -> String? {
        guard try single(name) != nil, let sent = sent[name]?.first else { return nil }
        let blanksLeft = sent.drop { $0 == "+" }
        let end = blanksLeft.lastIndex { $0 != "+" }
        return try checked(end.map { PercentDecoding.decode(blanksLeft[...$0]) ?? "\0" }, name)
    }

    private func checked(_ value: String?, _ name: String) throws(Refusal) -> String? {
        guard let value, !value.isEmpty else { return nil }
        guard value.unicodeScalars.count <= 255 else {
            throw .query(name, .tooLong(255))
        }
        guard !value.utf8.contains(0) else { throw .query(name, .unreadable) }
        return value
    }

    /// A datetime, which a cursor is too; nil when it is absent.
    ///
    /// Throws `invalid` for anything else.
    func datetime(_ name: String) throws(Refusal) -> PageCursor? {
        guard let text = try single(name) else { return nil }
        // The plus of an offset reads as a space when a client did not encode it.
        guard let datetime = PageCursor(text.replacing(" ", with: "+")) else {
            throw .query(name, .notA(.time, received: nil))
        }
        return datetime
    }

    /// A whole number in a range; nil when it is absent.
    ///
    /// Throws `invalid` for anything but a whole number in decimal digits, and out of range.
    package func integer(_ name: String, in range: ClosedRange<Int64>) throws(Refusal) -> Int64? {
        guard let text = try single(name) else { return nil }
        let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            throw .query(name, .notA(.integer, received: nil))
        }
        let value = Int64(text) ?? (text.hasPrefix("-") ? .min : .max)
        if value < range.lowerBound {
            throw .query(name, .tooSmall(range.lowerBound))
        }
        if value > range.upperBound {
            throw .query(name, .tooBig(range.upperBound))
        }
        return value
    }
}
