/// SQL that is the same for several tables but for a few words.
///
/// The head of such a file has a line for each table, `-- for: table = contact; columns = name email`. The text is taken
/// once for each, with its words in the places: `<table>`, and `<columns:t.*, >` for every word of a list, here
/// `t.name, t.email, `. Each function that comes of it is planned by itself.
enum SQLTemplate {
    private static let mark = "-- for: "

    /// The text of a file: as it is, unless it is a template.
    static func expanded(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let tables = lines.filter { $0.hasPrefix(mark) }.map { words(in: $0.dropFirst(mark.count)) }
        guard !tables.isEmpty else { return text }
        let template = lines.filter { !$0.hasPrefix(mark) }.joined(separator: "\n")
        return tables.map { filled(template, with: $0) }.joined(separator: "\n")
    }

    private static func words(in line: Substring) -> [Substring: Substring] {
        let pairs = line.matches(of: /(\w+) = ?(.*?)(?:; |$)/).map { ($0.output.1, $0.output.2) }
        return Dictionary(pairs, uniquingKeysWith: { $1 })
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
