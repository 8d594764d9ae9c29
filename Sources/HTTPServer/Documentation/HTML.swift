/// Writes HTML: whatever comes as text is escaped.
enum HTML {
    /// Text between elements or in an attribute's quotation marks.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }

    /// An element around HTML.
    static func element(
        _ name: String,
        with attributes: KeyValuePairs<String, String> = [:],
        _ content: String
    ) -> String {
        let list = attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
        return "<\(name)\(list)>\(content)</\(name)>"
    }

    /// Words of a program.
    static func code(_ text: String) -> String { element("code", escaped(text)) }

    /// A block of text that keeps its lines.
    static func block(_ text: String) -> String {
        element("pre", with: ["tabindex": "0"], element("code", escaped(text)))
    }

    /// A table; nothing when it has no rows.
    static func table(head: [String], rows: [[String]]) -> String {
        guard !rows.isEmpty else { return "" }
        let names = head.map { element("th", with: ["scope": "col"], escaped($0)) }.joined()
        let head = element("thead", element("tr", names))
        let body = rows.map { element("tr", $0.map { element("td", $0) }.joined()) }.joined(separator: "\n")
        return element("div", with: ["class": "scroll"], element("table", head + element("tbody", body)))
    }
}

extension HTML {
    /// The CommonMark that the document's descriptions use: paragraphs, lists of one level, `code` and **weight**.
    static func marked(_ text: String) -> String {
        text.split(separator: "\n\n").map { paragraph in
            let lines = paragraph.split(separator: "\n")
            guard lines.allSatisfy({ $0.hasPrefix("- ") }) else { return element("p", inline(String(paragraph))) }
            return element("ul", lines.map { element("li", inline(String($0.dropFirst(2)))) }.joined())
        }.joined(separator: "\n")
    }

    /// Text with `code` and **weight**.
    static func inline(_ text: String) -> String {
        alternating(
            text,
            "`",
            plain: { alternating($0, "**", plain: escaped) { element("strong", escaped($0)) } },
            code
        )
    }

    private static func alternating(
        _ text: String,
        _ mark: String,
        plain: (String) -> String,
        _ marked: (String) -> String
    ) -> String {
        let parts = text.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
        return parts.enumerated().map { $0.offset.isMultiple(of: 2) ? plain($0.element) : marked($0.element) }.joined()
    }
}
