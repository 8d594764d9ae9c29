import Connectors

extension SurfaceDocument {
    private static let limitHeaders: [DocumentNode.Member] = [
        .init(name: "X-RateLimit-Limit", value: .reference("headers", "RateLimit")),
        .init(name: "X-RateLimit-Remaining", value: .reference("headers", "RateLimitRemaining")),
        .init(name: "X-RateLimit-Reset", value: .reference("headers", "RateLimitReset")),
    ]

    /// The answers of an operation: success, then one for each status of a refusal.
    func responses(_ operation: SurfaceOperation) -> DocumentNode {
        let statuses = Set(refusals(operation).map { surface.dialect.status(of: $0) }).sorted()
        return statuses.reduce(["\(operation.status)": success(operation)]) { responses, status in
            responses.adding("\(status)", .reference("responses", "\(vendor)\(status)"))
        }
    }

    private func success(_ operation: SurfaceOperation) -> DocumentNode {
        let headers = DocumentNode.object(operation.isOpen ? [] : Self.limitHeaders)
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
        guard operation.isList else { return written[answerName(operation)]?["examples"]?.elements.first }
        return example(operation.kind).map { object in
            .object(surface.page.map { .init(name: $0.name, value: DocumentNode(json: $0.example) ?? [object]) })
        }
    }

    /// Why an operation may be refused, whatever the request.
    private func refusals(_ operation: SurfaceOperation) -> [Refusal] {
        guard !operation.isOpen else { return [] }
        var refusals: [Refusal] = [
            .missingKey, .invalidKey, .revokedKey, .rateLimited(seconds: 12), .failed, .unavailable(.database),
        ]
        refusals += surface.access.workspaceHeader.map { [.missingWorkspace(header: $0), .foreignWorkspace] } ?? []
        if surface.access.testModeHeader != nil { refusals.append(.otherMode) }
        let own = operation.creates ? nil : operation.kind
        let named = operation.path.contains("{") ? [operation.parent?.kind, own] : []
        refusals += (named + operation.attributes.map(\.named)).compactMap { $0.map { .notFound($0.name) } }
        if operation.path.contains("{"), surface.hasUUIDs { refusals.append(.invalid([Fault(.path, "id", .notAUUID)])) }
        return refusals + (operation.writes ? refusalsToWrite(operation) : refusalsToRead(operation))
    }

    private func refusalsToRead(_ operation: SurfaceOperation) -> [Refusal] {
        let fault =
            operation.isList
            ? Fault(.query, sizeName(operation), .tooBig(100))
            : Fault(.header, MinimumPosition.header, .notA(.integer, received: nil))
        var refusals: [Refusal] = [.invalid([fault]), .positionAheadOfLog, .unavailable(.readModel)]
        if case .list(let rules) = operation.act, case .pages(_, _, _, _, isCounted: true) = rules.paging {
            refusals.append(.noSuchPage)
        }
        return refusals
    }

    /// The parameter that is the greatest length of a page.
    private func sizeName(_ operation: SurfaceOperation) -> String {
        guard case .list(let rules) = operation.act, case .pages(_, let name, _, _, _) = rules.paging else {
            return "limit"
        }
        return name
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

    /// The refusals as responses, one for each status.
    var refusals: [DocumentNode.Member] {
        var named: [Int: [Refusal]] = [:]
        for refusal in surface.operations.flatMap(refusals) {
            let status = surface.dialect.status(of: refusal)
            if named[status]?.contains(refusal) != true { named[status, default: []].append(refusal) }
        }
        return named.sorted { $0.key < $1.key }.map { status, refusals in
            .init(name: "\(vendor)\(status)", value: response(status, refusals))
        }
    }

    private func response(_ status: Int, _ refusals: [Refusal]) -> DocumentNode {
        let headers = DocumentNode.object(status == 401 ? [] : Self.limitHeaders)
            .adding("WWW-Authenticate", status == 401 ? .reference("headers", "Challenge") : nil)
            .adding("Retry-After", [429, 503].contains(status) ? .reference("headers", "RetryAfter") : nil)
            .adding(
                "Hooklog-Position",
                [412: "HeadPosition", 503: "ModelPosition"][status].map { .reference("headers", $0) }
            )
        var bodies: [DocumentNode] = []
        for body in refusals.compactMap({ DocumentNode(json: surface.dialect.body(of: $0)) })
        where !bodies.contains(body) {
            bodies.append(body)
        }
        let examples = bodies.enumerated().map { DocumentNode.Member(name: "\($0 + 1)", value: ["value": $1]) }
        let content: DocumentNode = [
            "schema": .reference("schemas", errorName), "examples": .object(examples),
        ]
        return [
            "description": .string(refusals.first.map { surface.dialect.usualText(of: $0) } ?? ""), "headers": headers,
            "content": ["application/json": content],
        ]
    }

    /// The schema of a refusal: that of native ones, for who refuses alike.
    var errorName: String {
        DocumentNode(json: surface.dialect.body(of: .failed))?["error"]?["code"] == nil ? "\(vendor)Error" : "Error"
    }
}
