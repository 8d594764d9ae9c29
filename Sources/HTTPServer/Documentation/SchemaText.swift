/// Says in a few words what a schema allows.
enum SchemaText {
    /// The type of a schema and its limits, as HTML; named schemas are linked.
    static func type(of schema: DocumentNode) -> String {
        if let name = name(of: schema) {
            return HTML.element("a", with: ["href": "#schema-\(name)"], HTML.escaped(name))
        }
        if let items = schema["items"] { return "list of " + type(of: items) }
        if let choices = schema["anyOf"] { return choices.elements.map { type(of: $0) }.joined(separator: " or ") }
        let words = HTML.escaped(words(schema)) + limits(schema)
        return words.isEmpty ? "anything" : words
    }

    /// The name of the schema that a node refers to; nil when it is written in place.
    static func name(of schema: DocumentNode) -> String? {
        guard let reference = schema["$ref"]?.text, let name = reference.split(separator: "/").last else { return nil }
        return String(name)
    }

    private static func words(_ schema: DocumentNode) -> String {
        let types = schema["type"].map { $0.text.map { [$0] } ?? $0.elements.compactMap(\.text) } ?? []
        let named = types.map { $0 == "string" && schema["format"] != nil ? schema["format"]?.text ?? $0 : $0 }
        return named.joined(separator: " or ")
    }

    private static func limits(_ schema: DocumentNode) -> String {
        var limits: [String] = []
        if let words = schema["enum"]?.elements {
            limits.append(words.map { HTML.code($0.text ?? $0.compact) }.joined(separator: ", "))
        }
        if let value = schema["const"] { limits.append(HTML.code(value.text ?? value.compact)) }
        limits +=
            range(schema["minimum"], telling(schema["maximum"]), unit: "")
            + range(schema["minLength"], schema["maxLength"], unit: " characters")
        if let value = schema["default"] { limits.append("default " + HTML.code(value.text ?? value.compact)) }
        return limits.map { ", " + $0 }.joined()
    }

    /// A number up to which people count; nil for those that only say how a computer does.
    private static func telling(_ limit: DocumentNode?) -> DocumentNode? {
        limit.flatMap { $0.compact.count < 12 ? $0 : nil }
    }

    private static func range(_ lower: DocumentNode?, _ upper: DocumentNode?, unit: String) -> [String] {
        switch (lower?.compact, upper?.compact) {
        case (nil, nil): []
        case (let lower?, nil): unit.isEmpty || lower != "1" ? ["at least \(lower)\(unit)"] : ["not empty"]
        case (nil, let upper?): ["at most \(upper)\(unit)"]
        case (let lower?, let upper?): ["\(lower) to \(upper)\(unit)"]
        }
    }
}
