import Connectors

/// What people wrote of the API in `openapi.yaml`, whole: there nothing stands that follows from the rest, or that code knows.
///
/// - What has `x-for` is a template. It is there once for each line of it, with the line's words in the places `<word>`.
/// - A schema has what those of its `allOf` have. `x-parts` are for nothing else.
/// - A schema that has properties is one of an object. All of them are required, unless it names those that are.
/// - Answers have the examples that the properties of their schemas have.
/// - Native reads take a position to wait for, and refuse as ``NativeDialect`` does. The receiver refuses with ``HTTPFailure``.
struct WrittenDocument {
    /// The document as it is written, but for templates and parts.
    let root: DocumentNode
    private let refusing = RefusalResponses(name: "Native", dialect: NativeDialect())

    init(_ text: String) {
        guard let written = DocumentNode(yaml: text) else { preconditionFailure("openapi.yaml is not YAML.") }
        let filled = written.mappingObjects { DocumentNode.object($0.members.flatMap(Self.filled)).withType }
        var root = filled.mappingObjects { $0.joined(in: filled) }.mappingObjects(\.withRequired)
        root["components"]?["x-parts"] = nil
        self.root = root
    }

    /// The schemas by name.
    var schemas: DocumentNode { root["components"]?["schemas"] ?? [:] }

    /// What an object of a schema may look like; nil when nobody wrote the schema.
    func example(of name: String) -> DocumentNode? {
        schemas[name].flatMap { examples(of: $0).first }
    }

    private static func filled(_ template: DocumentNode.Member) -> [DocumentNode.Member] {
        guard let lines = template.value["x-for"]?.elements else { return [template] }
        var value = template.value
        value["x-for"] = nil
        let text = DocumentNode.object([.init(name: template.name, value: value)]).compact
        return lines.flatMap { line in
            let words = line.members.map { (place: "<\($0.name)>", word: $0.value.text ?? "") }
            return DocumentNode(json: words.reduce(text) { $0.replacing($1.place, with: $1.word) })?.members ?? []
        }
    }

    /// As many as a property has that has most; of those that have fewer, the last goes on.
    private func examples(of schema: DocumentNode) -> [DocumentNode] {
        let schema = schema.resolved(in: root)
        if let examples = schema["examples"]?.elements, !examples.isEmpty { return examples }
        if let value = schema["const"] { return [value] }
        if let items = schema["items"] { return [.array(examples(of: items))] }
        guard let properties = schema["properties"]?.members else { return [.null] }
        let values = properties.map { (name: $0.name, examples: examples(of: $0.value)) }
        return (0..<(values.map(\.examples.count).max() ?? 1)).map { number in
            .object(values.map { .init(name: $0.name, value: $0.examples[min(number, $0.examples.count - 1)]) })
        }
    }
}

// MARK: - Operations

extension WrittenDocument {
    /// The paths with their operations.
    var paths: [DocumentNode.Member] {
        (root["paths"]?.members ?? []).map { path in
            var item = path.value
            if path.name.hasPrefix("/v1/") { item["get"] = item["get"].map { read($0, at: path.name) } }
            if path.name.hasPrefix("/webhooks/") { item["post"] = item["post"].map(delivery) }
            return .init(name: path.name, value: item.mappingObjects(withExample))
        }
    }

    /// The responses of refusals, with what people wrote of them.
    var responses: DocumentNode {
        .object(refusing.responses(Self.refusals)).merged(with: root["components"]?["responses"] ?? [:])
    }

    private static let refusals =
        RefusalResponses.ofKeys + RefusalResponses.ofReads(Fault(.query, "limit", .tooBig(100)))
        + [.invalid([Fault(.query, "cursor", .notA(.time, received: nil))]), .notFound("Event")]

    private func read(_ operation: DocumentNode, at path: String) -> DocumentNode {
        let parameters = (operation["parameters"]?.elements ?? []) + [.reference("parameters", "MinPosition")]
        let refusals = Self.refusals.filter { $0 != .notFound("Event") || path.contains("{") }
        let responses: DocumentNode = ["200": ["headers": .object(RefusalResponses.limitHeaders)]]
        return operation.adding("parameters", .array(parameters))
            .merged(with: ["responses": responses.merged(with: refusing.references(refusals))])
    }

    private func delivery(_ operation: DocumentNode) -> DocumentNode {
        HTTPFailure.ofDeliveries.reduce(operation) { operation, failure in
            let content: DocumentNode = [
                "schema": .reference("schemas", "Refusal"), "example": DocumentNode(json: failure.body) ?? .null,
            ]
            return operation.merged(
                with: ["responses": ["\(failure.status.code)": ["content": ["application/json": content]]]]
            )
        }
    }

    private func withExample(_ content: DocumentNode) -> DocumentNode {
        guard let schema = content["schema"], schema["$ref"] != nil, content["example"] == nil else { return content }
        return content.adding("example", examples(of: schema).first)
    }
}

extension DocumentNode {
    /// What a reference within a document leads to; the node itself when it is none.
    func resolved(in root: DocumentNode) -> DocumentNode {
        guard let reference = self["$ref"]?.text, reference.hasPrefix("#/") else { return self }
        let steps = reference.dropFirst(2).split(separator: "/").map(String.init)
        return steps.reduce(root) { $0[$1] ?? .null }
    }

    /// A schema that has properties as one of an object.
    fileprivate var withType: DocumentNode {
        guard self["properties"] != nil, self["type"] == nil else { return self }
        return .object([Member(name: "type", value: "object")] + members)
    }

    /// An object's schema with all properties required, unless it names those that are.
    var withRequired: DocumentNode {
        guard let properties = self["properties"]?.members, self["required"] == nil else { return self }
        return adding("required", .array(properties.map { .string($0.name) }))
    }

    /// A schema with what those of its `allOf` have in place of it.
    fileprivate func joined(in root: DocumentNode) -> DocumentNode {
        guard let parts = self["allOf"]?.elements else { return self }
        var schema = self
        schema["allOf"] = nil
        return parts.reduce(schema) { $0.merged(with: $1.resolved(in: root)) }
    }
}
