import HTTPServer

/// Holds an answer of a server against what the document says of it.
struct DocumentedAnswer {
    let method: String
    /// The path and query as they were sent.
    let target: String
    let status: Int
    let headers: [String: String]
    let text: String

    /// What of the answer the document does not say; nothing for paths and methods that it does not have.
    var findings: [String] {
        guard let operation = Self.operation(method == "HEAD" ? "GET" : method, target) else { return [] }
        guard let response = operation.responses.first(where: { $0.name == "\(status)" })?.value else {
            return ["the status \(status) is not documented"]
        }
        return missingHeaders(response) + (method == "HEAD" ? [] : body(response))
    }

    private static func operation(_ method: String, _ target: String) -> APIOperation? {
        let path = target.prefix { $0 != "?" }.split(separator: "/")
        return APIDocument.served.operations.first { operation in
            let pattern = operation.path.split(separator: "/")
            return operation.method == method && pattern.count == path.count
                && zip(pattern, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
        }
    }

    private func missingHeaders(_ response: DocumentNode) -> [String] {
        (response["headers"]?.members ?? []).filter { header in
            APIDocument.served.resolved(header.value)["required"] == .boolean(true)
                && headers[header.name.lowercased()] == nil
        }.map { "the header \($0.name) is missing" }
    }

    private func body(_ response: DocumentNode) -> [String] {
        guard response["content"] != nil else { return text.isEmpty ? [] : ["a body is not documented"] }
        let type = headers["content-type"]?.split(separator: ";").first.map(String.init) ?? ""
        guard let schema = response["content"]?[type]?["schema"] else { return ["the type \(type) is not documented"] }
        guard type == "application/json" else { return [] }
        guard let value = DocumentNode(json: text) else { return ["the body is not JSON"] }
        return SchemaValidator(document: .served).findings(value, schema)
    }
}
