import Connectors

/// How an API refuses, as responses: one for each status.
struct RefusalResponses {
    /// What the names of the responses begin with.
    let name: String
    let dialect: any Dialect

    /// The headers of an answer to a key that has a limit.
    static let limitHeaders: [DocumentNode.Member] = [
        .init(name: "X-RateLimit-Limit", value: .reference("headers", "RateLimit")),
        .init(name: "X-RateLimit-Remaining", value: .reference("headers", "RateLimitRemaining")),
        .init(name: "X-RateLimit-Reset", value: .reference("headers", "RateLimitReset")),
    ]

    /// Why a request with a key may be refused, whatever it is for.
    static let ofKeys: [Refusal] = [
        .missingKey, .invalidKey, .revokedKey, .rateLimited(seconds: 12), .failed, .unavailable(.database),
    ]

    /// Why a read may be refused besides.
    ///
    /// - Parameter fault: What may be wrong with one, for example.
    static func ofReads(_ fault: Fault) -> [Refusal] {
        [.invalid([fault]), .positionAheadOfLog, .unavailable(.readModel)]
    }

    /// The schema of a refusal: that of native ones, for who refuses alike.
    var schemaName: String {
        DocumentNode(json: dialect.body(of: .failed))?["error"]?["code"] == nil ? "\(name)Error" : "Error"
    }

    /// The responses of some refusals by status, each a reference.
    func references(_ refusals: [Refusal]) -> DocumentNode {
        .object(
            Set(refusals.map(dialect.status(of:))).sorted().map { status in
                .init(name: "\(status)", value: .reference("responses", "\(name)\(status)"))
            }
        )
    }

    /// What such references lead to.
    func responses(_ refusals: [Refusal]) -> [DocumentNode.Member] {
        Dictionary(grouping: refusals, by: dialect.status(of:)).sorted { $0.key < $1.key }.map { status, refusals in
            .init(name: "\(name)\(status)", value: response(status, refusals))
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
        let content: DocumentNode = ["schema": .reference("schemas", schemaName), "examples": examples(refusals)]
        return [
            "description": .string(refusals.first.map { dialect.usualText(of: $0) } ?? ""), "headers": headers,
            "content": ["application/json": content],
        ]
    }

    /// The bodies by their codes; those without one, and all but the first of a code, by their numbers.
    private func examples(_ refusals: [Refusal]) -> DocumentNode {
        var bodies: [DocumentNode] = []
        for body in refusals.compactMap({ DocumentNode(json: dialect.body(of: $0)) }) where !bodies.contains(body) {
            bodies.append(body)
        }
        return bodies.enumerated().reduce([:] as DocumentNode) { examples, body in
            let code = body.element["error"]?["code"]?.text
            let name = code.flatMap { examples[$0] == nil ? $0 : nil } ?? "\(body.offset + 1)"
            return examples.adding(name, ["value": body.element])
        }
    }
}
