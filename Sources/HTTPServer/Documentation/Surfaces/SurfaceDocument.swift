import Connectors

/// What the API's document says of a vendor's surface, made of the tables that its routes are made of.
struct SurfaceDocument {
    let surface: Surface
    /// What people wrote: a schema of theirs stands instead of the one that would be made under its name.
    let written: WrittenDocument

    /// The vendor's name, with which the names of schemas and responses begin.
    var vendor: String { surface.system.rawValue.capitalized }

    /// How it refuses.
    var refusing: RefusalResponses { RefusalResponses(name: vendor, dialect: surface.dialect) }

    /// The group of the operations.
    var tag: DocumentNode {
        ["name": .string(vendor), "description": .string("\(vendor)'s own API, as Hooklog answers it.")]
    }

    /// The paths with their operations.
    var paths: [DocumentNode.Member] {
        surface.operations.reduce(into: [:] as DocumentNode) { paths, operation in
            let path = surface.prefix + operation.path
            paths[path] = (paths[path] ?? [:]).adding(operation.method.lowercased(), node(operation))
        }.members
    }

    private func node(_ operation: SurfaceOperation) -> DocumentNode {
        let words = OperationWords(operation: operation)
        let parameters = SurfaceParameters(surface: surface, operation: operation).nodes
        let node: DocumentNode = [
            "operationId": .string(surface.system.rawValue + words.id), "tags": [.string(vendor)],
            "summary": .string(words.summary),
        ]
        return
            node
            .adding("security", operation.isOpen ? [] : surface.access.isBearer ? nil : [[securityScheme: []]])
            .adding("parameters", parameters.isEmpty ? nil : .array(parameters))
            .adding("requestBody", operation.hasBody ? body(operation) : nil)
            .adding("responses", responses(operation))
    }

    private func body(_ operation: SurfaceOperation) -> DocumentNode {
        let required = operation.attributes.filter { $0.isRequired || !operation.isWhole }.prefix(2)
        let members = required.compactMap { attribute in
            example(operation.kind)?[attribute.name].map { DocumentNode.Member(name: attribute.name, value: $0) }
        }
        let content = (["schema": .reference("schemas", bodyName(operation))] as DocumentNode)
            .adding("example", members.isEmpty ? nil : .object(members))
        return ["required": true, "content": ["application/json": content]]
    }

    /// The name of the schema of a request's body.
    func bodyName(_ operation: SurfaceOperation) -> String {
        objectName(operation.kind) + (operation.creates ? "Create" : operation.isWhole ? "Replace" : "Update")
    }

    /// The name of the schema of a kind's objects.
    func objectName(_ kind: ObjectKind) -> String { vendor + OperationWords.joined(kind.name) }

    /// An object of a kind, if people wrote one.
    func example(_ kind: ObjectKind) -> DocumentNode? { written.example(of: objectName(kind)) }
}

// MARK: - Keys

extension SurfaceDocument {
    private var securityScheme: String { "\(surface.system.rawValue)Key" }

    /// How requests carry the key, where that is not as everywhere.
    var securitySchemes: [DocumentNode.Member] {
        guard !surface.access.isBearer else { return [] }
        let scheme: DocumentNode = [
            "type": "apiKey", "in": "header", "name": "Authorization",
            "description": .string("\(surface.access.scheme) <key>"),
        ]
        return [DocumentNode.Member(name: securityScheme, value: scheme)]
    }
}

extension SurfaceAccess {
    fileprivate var isBearer: Bool { schemes == ["bearer"] }
}
