import Connectors

extension SurfaceDocument {
    /// The schemas that nobody wrote: of objects, of lists, of bodies and of refusals.
    var schemas: [DocumentNode.Member] {
        var schemas: DocumentNode = [:]
        for operation in surface.operations {
            switch operation.act {
            case .tellHealth, .describeKey, .describeWorkspace: continue
            case .list, .read, .create, .update, .replace, .delete, .call: break
            }
            schemas[objectName(operation.kind)] = object(operation.kind)
            if operation.isList { schemas[answerName(operation)] = list(operation.kind) }
            if operation.hasBody { schemas[bodyName(operation)] = body(operation) }
        }
        schemas[refusing.schemaName] = ["type": "object", "description": .string("How \(vendor) refuses.")]
        return schemas.members.filter { written.schemas[$0.name] == nil }
    }

    private func list(_ kind: ObjectKind) -> DocumentNode {
        let items: DocumentNode = ["type": "array", "items": .reference("schemas", objectName(kind))]
        return whole(surface.page.map { .init(name: $0.name, value: DocumentNode(json: $0.schema) ?? items) })
    }

    /// Members come as the sender's documents have them, so of any type.
    private func object(_ kind: ObjectKind) -> DocumentNode {
        whole(kind.members.map { .init(name: $0.name, value: [:]) })
    }

    private func whole(_ properties: [DocumentNode.Member]) -> DocumentNode {
        (["type": "object", "properties": .object(properties)] as DocumentNode).withRequired
    }

    private func body(_ operation: SurfaceOperation) -> DocumentNode {
        let described = written.schemas[objectName(operation.kind)]?["properties"]
        let required = operation.attributes.filter { $0.isRequired && operation.isWhole }
        let properties = operation.attributes.map { attribute in
            let schema = schema(attribute, isRequired: required.contains { $0.name == attribute.name })
            // What the members of objects mean is said of words that senders have too.
            let isWord = schema["enum"] != nil
            let description =
                attribute.named.map { .string(surface.naming($0)) }
                ?? (isWord ? nil : described?[attribute.member]?["description"])
            return DocumentNode.Member(name: attribute.name, value: schema.adding("description", description))
        }
        return (["type": "object", "description": "Other members are ignored."] as DocumentNode)
            .adding("required", required.isEmpty ? nil : .array(required.map { .string($0.name) }))
            .adding("properties", .object(properties))
    }

    private func schema(_ attribute: Attribute, isRequired: Bool) -> DocumentNode {
        let schema = DocumentNode(json: attribute.form.schema) ?? [:]
        let takesNull =
            switch attribute.null {
            case .refused: false
            case .clears: true
            case .ignored: !isRequired
            }
        guard takesNull else {
            // A blank text is null here.
            let isText = surface.readsEmptyTextAsNull && schema["type"] == "string" && schema["enum"] == nil
            return isText ? ["allOf": [schema, ["pattern": "\\S"]]] : schema
        }
        let blank: [DocumentNode] = surface.readsEmptyTextAsNull ? [["type": "string", "pattern": "^\\s*$"]] : []
        return ["anyOf": .array([schema, ["type": "null"]] + blank)]
    }
}
