/// Checks that a text is one SELECT and nothing else, as far as that can be seen without a database.
///
/// It walks over strings, quoted names, dollar quotes and comments, so that a semicolon or a parenthesis in one of them
/// does not count.
struct SelectChecker {
    let file: String
    /// The file's line that the text begins at.
    let firstLine: Int

    /// Returns the statement without white space and semicolons at its end; throws `invalidFile` with the line.
    func check(_ text: String) throws(ProjectionError) -> String {
        let scan = try scan(Array(text.unicodeScalars))
        guard let word = scan.firstWord, word == "select" || word == "with" else {
            throw error(scan.firstWordLine, "a projection is one SELECT, and there is none")
        }
        var statement = text.trimmed
        if let end = scan.statementEnd {
            statement = String(String.UnicodeScalarView(Array(text.unicodeScalars)[..<end])).trimmed
        }
        return statement
    }

    private struct Scan {
        var firstWord: String?
        var firstWordLine = 0
        /// The index of the first semicolon.
        var statementEnd: Int?
        var depth = 0
        var line = 0
    }

    private func scan(_ text: [Unicode.Scalar]) throws(ProjectionError) -> Scan {
        var scan = Scan()
        scan.line = firstLine
        scan.firstWordLine = firstLine
        var index = 0
        while index < text.count {
            let end = try skipQuoted(text, from: index, line: scan.line)
            if end == index {
                try note(text, at: &index, in: &scan)
            } else {
                scan.line += text[index..<end].count { $0 == "\n" }
                index = end
            }
        }
        guard scan.depth == 0 else { throw error(scan.line, "a parenthesis is not closed") }
        return scan
    }

    private func note(_ text: [Unicode.Scalar], at index: inout Int, in scan: inout Scan) throws(ProjectionError) {
        let scalar = text[index]
        if scalar == "\n" { scan.line += 1 }
        if !scalar.properties.isWhitespace && scalar != ";" && scan.statementEnd != nil {
            throw error(scan.line, "a projection is one SELECT, and there is more after its semicolon")
        }
        if scalar == "(" { scan.depth += 1 }
        if scalar == ")" { scan.depth -= 1 }
        guard scan.depth >= 0 else { throw error(scan.line, "a parenthesis is closed that was never opened") }
        if scalar == ";" && scan.statementEnd == nil { scan.statementEnd = index }
        guard scan.firstWord == nil, !scalar.properties.isWhitespace else {
            index += 1
            return
        }
        let word = text[index...].prefix { $0.properties.isAlphabetic }
        scan.firstWord = String(String.UnicodeScalarView(word)).lowercased()
        scan.firstWordLine = scan.line
        index += max(1, word.count)
    }

    /// The index after the comment, string or quoted name at `index`; `index` itself when there is none.
    private func skipQuoted(_ text: [Unicode.Scalar], from index: Int, line: Int) throws(ProjectionError) -> Int {
        let next = index + 1 < text.count ? text[index + 1] : " "
        switch (text[index], next) {
        case ("-", "-"):
            return text[index...].firstIndex(of: "\n") ?? text.count
        case ("/", "*"):
            return try end(of: "*/", in: text, from: index + 2, line: line)
        case ("'", _):
            let escapes = index > 0 && (text[index - 1] == "e" || text[index - 1] == "E")
            return try endOfString(in: text, from: index, escapes: escapes, line: line)
        case ("\"", _):
            return try end(of: "\"", in: text, from: index + 1, line: line)
        case ("$", _):
            let tag = text[(index + 1)...].prefix { $0.properties.isAlphabetic || $0 == "_" }
            let close = index + 1 + tag.count
            guard close < text.count, text[close] == "$" else { return index }
            let mark = String(String.UnicodeScalarView(text[index...close]))
            return try end(of: mark, in: text, from: close + 1, line: line)
        default:
            return index
        }
    }

    private func endOfString(
        in text: [Unicode.Scalar],
        from start: Int,
        escapes: Bool,
        line: Int
    ) throws(ProjectionError) -> Int {
        var index = start + 1
        while index < text.count {
            if escapes && text[index] == "\\" {
                index += 2
            } else if text[index] == "'" {
                return index + 1
            } else {
                index += 1
            }
        }
        throw error(line, "a string is not closed")
    }

    private func end(
        of mark: String,
        in text: [Unicode.Scalar],
        from start: Int,
        line: Int
    ) throws(ProjectionError) -> Int {
        let mark = Array(mark.unicodeScalars)
        var index = start
        while index + mark.count <= text.count {
            if text[index..<index + mark.count].elementsEqual(mark) { return index + mark.count }
            index += 1
        }
        throw error(line, "a comment or quotation is not closed")
    }

    private func error(_ line: Int, _ detail: String) -> ProjectionError {
        ProjectionError(invalidFile: file, line: line, detail)
    }
}
