import Connectors

extension SurfaceDocument {
    /// The answers of an operation: success, then one for each status of a refusal.
    func responses(_ operation: SurfaceOperation) -> DocumentNode {
        (["\(operation.status)": success(operation)] as DocumentNode)
            .merged(with: refusing.references(refusals(operation)))
    }

    private func success(_ operation: SurfaceOperation) -> DocumentNode {
        let headers = DocumentNode.object(operation.isOpen ? [] : RefusalResponses.limitHeaders)
            .adding("Hooklog-Position", operation.writes ? .reference("headers", "Position") : nil)
            .adding("Idempotent-Replayed", operation.creates ? .reference("headers", "Replayed") : nil)
        let content = (["schema": .reference("schemas", answerName(operation))] as DocumentNode)
            .adding("example", answerExample(operation))
        return (["description": "OK"] as DocumentNode)
            .adding("headers", headers.members.isEmpty ? nil : headers)
            .adding("content", operation.status == 204 ? nil : ["application/json": content])
    }

    /// The name of the schema of a success.
    func answerName(_ operation: SurfaceOperation) -> String {
        switch operation.act {
        case .tellHealth: "\(vendor)Health"
        case .describeKey: "\(vendor)Identity"
        case .describeWorkspace: "\(vendor)Workspace"
        case .delete: "\(vendor)Deleted"
        case .list, .read, .create, .update, .replace, .call:
            objectName(operation.kind) + (operation.isList ? "List" : "")
        }
    }

    private func answerExample(_ operation: SurfaceOperation) -> DocumentNode? {
        guard operation.isList else { return written.example(of: answerName(operation)) }
        return example(operation.kind).map { object in
            .object(surface.page.map { .init(name: $0.name, value: DocumentNode(json: $0.example) ?? [object]) })
        }
    }

    /// Why an operation may be refused, whatever the request.
    private func refusals(_ operation: SurfaceOperation) -> [Refusal] {
        guard !operation.isOpen else { return [] }
        var refusals = RefusalResponses.ofKeys
        refusals += surface.access.workspaceHeader.map { [.missingWorkspace(header: $0), .foreignWorkspace] } ?? []
        if surface.access.testModeHeader != nil { refusals.append(.otherMode) }
        let own = operation.creates ? nil : operation.kind
        let named = operation.path.contains("{") ? [operation.parent?.kind, own] : []
        refusals += (named + operation.attributes.map(\.named)).compactMap { $0.map { .notFound($0.name) } }
        if operation.path.contains("{"), surface.hasUUIDs { refusals.append(.invalid([Fault(.path, "id", .notAUUID)])) }
        return refusals + (operation.writes ? refusalsToWrite(operation) : refusalsToRead(operation))
    }

    private func refusalsToRead(_ operation: SurfaceOperation) -> [Refusal] {
        guard operation.isList else {
            return RefusalResponses.ofReads(Fault(.header, MinimumPosition.header, .notA(.integer, received: nil)))
        }
        guard case .list(let rules) = operation.act, case .pages(_, let size, _, _, let isCounted) = rules.paging else {
            return RefusalResponses.ofReads(Fault(.query, "limit", .tooBig(100)))
        }
        return RefusalResponses.ofReads(Fault(.query, size, .tooBig(100))) + (isCounted ? [.noSuchPage] : [])
    }

    private func refusalsToWrite(_ operation: SurfaceOperation) -> [Refusal] {
        var refusals: [Refusal] = [.readOnlyKey, .unavailable(.backlog)]
        guard operation.hasBody else { return refusals }
        refusals += [.invalid([Fault(.body, nil, .notJSON)]), .contentTooLarge, .objectTooLarge, .contentEncoded]
        if operation.isWhole, let name = operation.attributes.first(where: \.isRequired)?.name {
            refusals.append(.invalid([Fault(.body, name, .required)]))
        }
        refusals += operation.attributes.filter(\.isUnique).map { .conflict(Fault(.body, $0.name, .taken)) }
        return refusals + (operation.creates ? [.repetition(isUnderWay: false), .repetition(isUnderWay: true)] : [])
    }

    /// The responses of all refusals.
    var refusals: [DocumentNode.Member] { refusing.responses(surface.operations.flatMap(refusals)) }
}
