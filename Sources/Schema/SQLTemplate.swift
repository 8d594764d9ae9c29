/// SQL that is the same for several tables but for a few words.
///
/// The head of such a file has a line for each table, `-- for: table = contact; columns = name email`. The text is taken
/// once for each, with its words in the places: `<table>`, and `<columns:t.*, >` for every word of a list, here
/// `t.name, t.email, `. Each function that comes of it is planned by itself. Where there are lines `-- each: …` too, every
/// line of the one kind goes with every line of the other.
///
/// A list may be of files: `@connectors/*/judge_*` is what stands for the last star in the paths there are. So a function
/// that passes on to what connectors have of their own names none of them.
enum SQLTemplate {
    private static let tableMark = "-- for: "
    private static let wayMark = "-- each: "

    /// The text of a file: as it is, unless it is a template.
    ///
    /// - Parameter paths: The files that lists are made of.
    static func expanded(_ text: String, paths: some Collection<String>) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let tables = words(after: tableMark, in: lines, paths)
        let ways = words(after: wayMark, in: lines, paths)
        guard !tables.isEmpty else { return text }
        let template = lines.filter { !$0.hasPrefix(tableMark) && !$0.hasPrefix(wayMark) }.joined(separator: "\n")
        let places = tables.flatMap { table in ways.isEmpty ? [table] : ways.map { table.merging($0) { $1 } } }
        return places.map { filled(template, with: $0) }.joined(separator: "\n")
    }

    /// The words of each line that a mark begins.
    private static func words(
        after mark: String,
        in lines: [Substring],
        _ paths: some Collection<String>
    ) -> [[Substring: Substring]] {
        lines.filter { $0.hasPrefix(mark) }.map { line in
            words(in: line.dropFirst(mark.count))
                .mapValues { $0.hasPrefix("@") ? stars($0.dropFirst(), in: paths) : $0 }
        }
    }

    private static func words(in line: Substring) -> [Substring: Substring] {
        let pairs = line.matches(of: /(\w+) = ?(.*?)(?:; |$)/).map { ($0.output.1, $0.output.2) }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
    }

    /// What the last star of a pattern stands for in the paths of files that it fits, as a list.
    private static func stars(_ pattern: Substring, in paths: some Collection<String>) -> Substring {
        let components = (pattern + ".sql").split(separator: "/")
        let found = paths.compactMap { path -> Substring? in
            let parts = path.split(separator: "/")
            let starred = zip(components, parts).compactMap { star($0, in: $1) }
            return parts.count == components.count && starred.count == parts.count ? starred.last : nil
        }
        return found.sorted().joined(separator: " ")[...]
    }

    /// What the star of a component stands for in a part of a path, the part itself without one; nil when it does not fit.
    private static func star(_ component: Substring, in part: Substring) -> Substring? {
        let ends = component.split(separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
        guard ends.count == 2 else { return component == part ? part : nil }
        guard part.count > ends[0].count + ends[1].count, part.hasPrefix(ends[0]), part.hasSuffix(ends[1]) else {
            return nil
        }
        return part.dropFirst(ends[0].count).dropLast(ends[1].count)
    }

    /// A template with words in its places; a place without a word stays.
    static func filled(_ template: String, with words: [Substring: Substring]) -> String {
        template.replacing(/<(\w+)(?::([^>]*))?>/) { place in
            guard let value = words[place.output.1] else { return String(place.output.0) }
            guard let format = place.output.2 else { return String(value) }
            return value.split(separator: " ").map { format.replacing("*", with: $0) }.joined()
        }
    }
}
