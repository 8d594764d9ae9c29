/// What libpq's verbose message says about a connection that could not be opened.
///
/// libpq gives no result for it, so the SQLSTATE is read from the text: `… FATAL:  28P01: password …`.
struct ConnectionRefusal {
    let sqlState: SQLState?
    /// The message on one line, without the SQLSTATE and the place in the server's source.
    let message: String

    init(message: String) {
        let lines = message.split(separator: "\n").filter { !Self.isSourceLocation($0) }
        var words = lines.flatMap { $0.split(whereSeparator: \.isWhitespace) }
        let states = words.indices.filter { Self.state(of: words[$0]) != nil }
        sqlState = states.last.flatMap { Self.state(of: words[$0]) }
        for index in states.reversed() { words.remove(at: index) }
        self.message = words.joined(separator: " ")
    }

    private static func state(of word: Substring) -> SQLState? {
        guard word.hasSuffix(":"), word.contains(where: \.isNumber) else { return nil }
        return SQLState(rawValue: String(word.dropLast()))
    }

    /// Matches `LOCATION:  InitPostgres, postinit.c:891` in any language.
    private static func isSourceLocation(_ line: Substring) -> Bool {
        guard let tail = line.split(separator: ":").last, Int(tail) != nil else { return false }
        return line.dropLast(tail.count + 1).hasSuffix(".c")
    }
}
