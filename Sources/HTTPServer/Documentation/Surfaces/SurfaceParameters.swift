import Connectors

/// The parameters of an operation of a surface.
struct SurfaceParameters {
    let surface: Surface
    let operation: SurfaceOperation

    /// A text that could be kept, of a length that one is looked for in.
    private static func text(most: Int) -> DocumentNode {
        ["type": "string", "maxLength": .number("\(most)"), "pattern": "^[^\\u0000]*$"]
    }

    /// Those of the path, of the query and of the header.
    var nodes: [DocumentNode] {
        path + query + header
    }

    private var path: [DocumentNode] {
        let kinds = [operation.parent?.kind, operation.kind].compactMap(\.self)
        return operation.path.matches(of: /\{(.*?)\}/).map { String($0.1) }.enumerated().map { number, name in
            [
                "name": .string(name), "in": "path", "required": true,
                "description": .string(surface.naming(kinds[number])),
                "schema": surface.hasUUIDs
                    ? ["type": "string", "format": "uuid"] : ["type": "string", "minLength": 1],
                "example": surface.hasUUIDs ? "7c0f6d0e-52a4-4be3-9d2b-0f4d1f0c8a11" : "42",
            ]
        }
    }

    private var query: [DocumentNode] {
        let expandable = operation.expandable
        let expand = expandable.isEmpty ? [] : [parameter("expand", ["type": "string"], "References to show whole.")]
        switch operation.act {
        case .list(let rules):
            return paging(rules.paging) + order(rules) + rules.filters.flatMap(filter) + expand
        case .call(_, let arguments):
            return arguments.flatMap(argument)
        case .describeWorkspace, .describeKey, .read, .create, .update, .replace, .delete, .tellHealth:
            return expand
        }
    }

    private var header: [DocumentNode] {
        guard !operation.isOpen else { return [] }
        var nodes: [DocumentNode] = []
        if let name = surface.access.workspaceHeader {
            nodes.append([
                "name": .string(name), "in": "header", "required": true, "description": "The workspace's name.",
                "schema": ["type": "string", "minLength": 1], "example": "acme",
            ])
        }
        if let name = surface.access.testModeHeader {
            nodes.append([
                "name": .string(name), "in": "header", "description": "Test data is meant with `true` or `1`.",
                "schema": ["type": "string"],
            ])
        }
        if !operation.writes { nodes.append(.reference("parameters", "MinPosition")) }
        if operation.creates { nodes.append(.reference("parameters", "IdempotencyKey")) }
        return nodes
    }

    private func parameter(_ name: String, _ schema: DocumentNode, _ description: String) -> DocumentNode {
        ["name": .string(name), "in": "query", "description": .string(description), "schema": schema]
    }

    private func argument(_ argument: SurfaceOperation.Argument) -> [DocumentNode] {
        switch argument {
        case .page: [.reference("parameters", "Limit"), .reference("parameters", "Cursor")]
        case .filter(let name), .named(let name):
            [parameter(name, Self.text(most: 255), "Only those with this \(name).")]
        case .id, .parent, .nothing, .flag: []
        }
    }

    private func paging(_ paging: ListRules.Paging) -> [DocumentNode] {
        func size(_ name: String, _ usual: Int64, _ most: Int64) -> DocumentNode {
            let range: DocumentNode = [
                "type": "integer", "minimum": 1, "maximum": .number("\(most)"), "default": .number("\(usual)"),
            ]
            return parameter(name, range, "The most objects of the page.")
        }
        switch paging {
        case .edges(let usual, let most):
            return [
                size("limit", usual, most),
                parameter(
                    "startingAfter",
                    ["type": "string", "format": "uuid"],
                    "The last object of the page before."
                ),
                parameter("endingBefore", ["type": "string", "format": "uuid"], "The first object of the page after."),
            ]
        case .pages(let first, let name, let usual, let most, _):
            let range: DocumentNode = ["type": "integer", "minimum": .number("\(first)"), "maximum": 1_000_000_000]
            return [parameter("page", range, "The number of the page, from \(first)."), size(name, usual, most)]
        }
    }

    private func order(_ rules: ListRules) -> [DocumentNode] {
        let sorts = DocumentNode.array(rules.sorts.map { .string($0) })
        return switch rules.order {
        case .fixed: []
        case .ordering:
            [
                parameter(
                    "ordering",
                    ["type": "string"],
                    "\(rules.sorts.joined(separator: ", ")); a minus before it turns it."
                )
            ]
        case .sortBy:
            [
                parameter("sort_by", ["type": "string", "enum": sorts], "What objects are sorted by."),
                parameter("sort_order", ["type": "string", "enum": ["asc", "desc"]], "The direction."),
            ]
        }
    }

    private func filter(_ filter: ListFilter) -> [DocumentNode] {
        let text = Self.text(most: 4096)
        let description = "Only those with this \(filter.name)."
        switch filter.kind {
        case .text, .lowercased:
            return [
                parameter(filter.name, text, description),
                parameter(filter.name + "__in", text, "Only those with one of these, between commas."),
            ]
        case .boolean:
            return [parameter(filter.name, ["type": "string", "enum": ["true", "false"]], description)]
        case .time:
            return ["gte", "gt", "lte", "lt"].map {
                parameter("\(filter.name)__\($0)", ["type": "string", "format": "date-time"], "A time.")
            }
        case .element, .search, .prefix, .suffix: return [parameter(filter.name, text, description)]
        case .members: return []
        }
    }
}

extension Surface {
    /// What stands for an object of a kind where one is named.
    func naming(_ kind: ObjectKind) -> String {
        "The id of the \(kind.name.lowercased())\(hasNumbers ? ", or its display_id" : "")."
    }
}
