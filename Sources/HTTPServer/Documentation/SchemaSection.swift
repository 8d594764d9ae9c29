/// The part of the page that tells what the objects hold.
struct SchemaSection {
    let document: APIDocument

    /// The section.
    var html: String {
        let schemas = document.schemas.map { schema in
            let heading = HTML.element("h3", HTML.escaped(schema.name))
            let description = HTML.marked(schema.value["description"]?.text ?? "")
            let content = heading + description + Self.fields(of: schema.value)
            return HTML.element("article", with: ["id": "schema-\(schema.name)"], content)
        }
        let heading = HTML.element("h2", "Schemas")
        return HTML.element("section", with: ["id": "schemas"], heading + schemas.joined(separator: "\n"))
    }

    /// The members of an object's schema as a table, those of objects within it with a path.
    static func fields(of schema: DocumentNode) -> String {
        HTML.table(
            head: ["Field", "Type", "Meaning"],
            rows: rows(schema, prefix: "", isBody: schema["required"] != nil)
        )
    }

    private static func rows(_ schema: DocumentNode, prefix: String, isBody: Bool) -> [[String]] {
        let required = Set(schema["required"]?.elements.compactMap(\.text) ?? [])
        let properties = schema["properties"]?.members ?? []
        return properties.flatMap { property in
            let name = HTML.code(prefix + property.name)
            let isOptional = isBody && !required.contains(property.name)
            let type = SchemaText.type(of: property.value) + (isOptional ? ", optional" : "")
            let row = [name, type, HTML.inline(property.value["description"]?.text ?? "")]
            return [row] + rows(property.value, prefix: prefix + property.name + ".", isBody: isBody)
        }
    }
}
