/// Reads the file that defines a table of a projection.
///
/// A file is a header of `--` lines and one SELECT:
///
///     -- projection: health_score          the projection it belongs to; its name if it stands alone
///     -- Any other line is the comment.
///     -- kind: entity                      or event; entity when the line is missing
///     -- reads: github/pull_request        system/entity_type, comma-separated; * is any type; may be repeated
///     -- index: (workspace_id, name)       a list of columns; may be repeated; of some rows only with
///                                          WHERE name IS NOT NULL or WHERE system <> 'word' behind it
///     SELECT …
///
/// The SELECT is not looked into here: only PostgreSQL reads SQL as PostgreSQL does. See ``SelectReader``.
struct ProjectionFileParser {
    private let file: String
    private let tableName: String
    private var projection: ProjectionName?
    private var kind: ProjectionTable.Kind?
    private var reads: [ProjectionTable.Selector] = []
    private var indexes: [String] = []
    private var comment: [String] = []

    /// Reads a file; `tableName` is what the file is called, without its extension.
    ///
    /// Throws `invalidFile` with the line.
    static func parse(
        _ text: String,
        file: String,
        tableName: String
    ) throws(ProjectionError) -> (projection: ProjectionName, table: ProjectionTable) {
        var parser = ProjectionFileParser(file: file, tableName: tableName)
        return try parser.parse(text)
    }

    private mutating func parse(
        _ text: String
    ) throws(ProjectionError) -> (projection: ProjectionName, table: ProjectionTable) {
        guard Self.isName(tableName) else { throw error(nil, "the file's name \(Self.nameRule)") }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let header = lines.prefix { $0.hasPrefix("--") || $0.allSatisfy(\.isWhitespace) }
        for (index, line) in header.enumerated() {
            try readHeader(line.drop { $0 == "-" }.trimmed, line: index + 1)
        }
        guard let projection else { throw error(1, "there is no line `-- projection: name`") }
        guard !reads.isEmpty else { throw error(1, "there is no line `-- reads: system/entity_type`") }
        let select = Self.statement(lines.dropFirst(header.count).joined(separator: "\n"))
        guard !select.isEmpty else {
            throw error(header.count + 1, "a projection is one SELECT, and there is none")
        }
        let table = ProjectionTable(
            name: tableName,
            kind: kind ?? .entity,
            reads: reads,
            select: select,
            indexes: indexes,
            comment: comment.joined(separator: " "),
            place: ProjectionTable.Place(file: file, line: header.count + 1)
        )
        return (projection, table)
    }

    private mutating func readHeader(_ text: String, line: Int) throws(ProjectionError) {
        guard let colon = text.firstIndex(of: ":") else {
            if !text.isEmpty { comment.append(text) }
            return
        }
        let value = text[text.index(after: colon)...].trimmed
        switch text[..<colon] {
        case "projection": try readProjection(value, line: line)
        case "kind": try readKind(value, line: line)
        case "reads": try readSelectors(value, line: line)
        case "index": try readIndex(value, line: line)
        default: comment.append(text)
        }
    }

    private mutating func readProjection(_ value: String, line: Int) throws(ProjectionError) {
        guard projection == nil else { throw error(line, "there are two lines `-- projection:`") }
        guard Self.isName(value) else { throw error(line, "the projection's name \(Self.nameRule)") }
        projection = ProjectionName(rawValue: value)
    }

    private mutating func readKind(_ value: String, line: Int) throws(ProjectionError) {
        guard kind == nil else { throw error(line, "there are two lines `-- kind:`") }
        guard let word = value.split(separator: " ").first, let kind = ProjectionTable.Kind(rawValue: String(word))
        else {
            throw error(line, "the kind must be entity or event")
        }
        self.kind = kind
    }

    private mutating func readSelectors(_ value: String, line: Int) throws(ProjectionError) {
        for item in value.split(separator: ",", omittingEmptySubsequences: false) {
            let parts = item.trimmed.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, Self.isWord(parts[0]), Self.isWord(parts[1]) || parts[1] == "*" else {
                throw error(line, "reads must be a list of system/entity_type, such as github/issues or stripe/*")
            }
            let selector = ProjectionTable.Selector(system: String(parts[0]), entityType: String(parts[1]))
            if !reads.contains(selector) { reads.append(selector) }
        }
    }

    private mutating func readIndex(_ value: String, line: Int) throws(ProjectionError) {
        let (list, condition) = Self.splitCondition(value)
        let columns = list.hasPrefix("(") && list.hasSuffix(")") ? list.dropFirst().dropLast() : ""
        let names = columns.split(separator: ",", omittingEmptySubsequences: false).map { item -> String? in
            var words = item.split(separator: " ").map(String.init)
            if words.count == 2, words[1] == "DESC" || words[1] == "ASC" { words[0] += " " + words.removeLast() }
            guard let name = words.first, words.count == 1, Self.isColumn(name.split(separator: " ")[0]) else {
                return nil
            }
            return name
        }
        let valid = names.compactMap { $0 }
        guard valid.count == names.count, !valid.isEmpty, condition.map(Self.isCondition) ?? true else {
            throw error(
                line,
                "an index must be a list of columns, such as (workspace_id, name), and may go on with"
                    + " WHERE name IS NOT NULL or WHERE system <> 'word'"
            )
        }
        indexes.append("(\(valid.joined(separator: ", ")))" + (condition.map { " WHERE \($0)" } ?? ""))
    }

    /// An index's list of columns, and the condition on its rows.
    private static func splitCondition(_ value: String) -> (list: String, condition: String?) {
        let parts = value.split(separator: " WHERE ", maxSplits: 1)
        return parts.count == 2 ? (parts[0].trimmed, parts[1].trimmed) : (value, nil)
    }

    private static func isCondition(_ text: String) -> Bool {
        let words = text.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
        guard words.count == 2, isColumn(words[0]) else { return false }
        guard words[1] != "IS NOT NULL" else { return true }
        let value = words[1].dropFirst(4).dropLast()
        return words[1].hasPrefix("<> '") && words[1].hasSuffix("'") && isWord(value)
    }

    /// The text without white space and semicolons at its end; what it says is for PostgreSQL to read.
    private static func statement(_ text: String) -> String {
        var rest = text.trimmed
        while rest.hasSuffix(";") { rest = String(rest.dropLast()).trimmed }
        return rest
    }

    private func error(_ line: Int?, _ detail: String) -> ProjectionError {
        ProjectionError(invalidFile: file, line: line, detail)
    }
}

extension ProjectionFileParser {
    static let nameRule =
        "must be 1 to 41 lower-case letters, digits and underscores, begin with a letter and not end in _ or _v and digits"

    /// Whether a projection or table may bear the name; generations are told apart by a suffix of digits.
    static func isName(_ text: some StringProtocol) -> Bool {
        guard (1...41).contains(text.utf8.count), isColumn(text), text.first != "_" else { return false }
        let stem = text.reversed().drop { $0.isASCII && $0.isNumber }
        guard stem.count < text.count else { return text.last != "_" }
        return stem.first != "_" && !stem.starts(with: ["v", "_"])
    }

    private static func isColumn(_ text: some StringProtocol) -> Bool {
        text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
            && text.first.map { !$0.isNumber } ?? false
    }

    private static func isWord(_ text: some StringProtocol) -> Bool {
        !text.isEmpty && text.count <= 64
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || (0x30...0x39).contains($0)
                    || [0x2D, 0x2E, 0x5F].contains($0)
            }
    }
}

extension StringProtocol {
    /// The text without white space at its ends.
    var trimmed: String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
