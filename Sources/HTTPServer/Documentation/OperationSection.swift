/// The part of the page that tells of one operation: its parameters, its body, a request and the answers.
struct OperationSection {
    let document: APIDocument
    let operation: APIOperation

    /// The section.
    var html: String {
        let path = HTML.element("code", with: ["class": "path"], Self.path(operation.path))
        let route = HTML.element("p", with: ["class": "route"], Self.method(operation.method) + path)
        let anchor = HTML.element("a", with: ["class": "anchor", "href": "#\(operation.id)"], "#")
        let parts = [
            HTML.element("h3", HTML.escaped(operation.summary) + anchor), route,
            HTML.marked(operation.node["description"]?.text ?? ""),
            access, parameters, body, HTML.block(CurlExample(operation: operation).text), responses,
        ]
        return HTML.element("article", with: ["id": operation.id], parts.joined(separator: "\n"))
    }

    /// A method as a badge.
    static func method(_ method: String) -> String {
        HTML.element("span", with: ["class": "method \(method.lowercased())"], HTML.escaped(method))
    }

    /// A path that may be broken at its slashes.
    private static func path(_ path: String) -> String { HTML.escaped(path).replacing("/", with: "<wbr>/") }

    private var access: String {
        if operation.needsKey { return "" }
        let isSigned = operation.node["security"]?.elements.isEmpty == false
        return HTML.element("p", with: ["class": "note"], isSigned ? "Signed by the sender; no key." : "Needs no key.")
    }

    private var parameters: String {
        let rows = operation.parameters.map { parameter in
            let isRequired = parameter["required"] == .boolean(true)
            let place = (parameter["in"]?.text ?? "") + (isRequired ? ", required" : "")
            let schema = SchemaText.type(of: parameter["schema"] ?? .object([]))
            return [
                HTML.code(parameter["name"]?.text ?? ""), HTML.escaped(place), schema,
                HTML.inline(parameter["description"]?.text ?? ""),
            ]
        }
        return HTML.table(head: ["Parameter", "In", "Type", "Meaning"], rows: rows)
    }

    private var body: String {
        guard let schema = operation.requestContent?["schema"] else { return "" }
        let type = SchemaText.type(of: schema)
        let fields = SchemaSection.fields(of: document.resolved(schema))
        let name = SchemaText.name(of: schema) == nil ? HTML.inline(schema["description"]?.text ?? "") : type
        return HTML.element("p", with: ["class": "label"], "Body: " + name) + fields
    }

    private var responses: String {
        operation.responses.map { response in
            let isSuccess = response.name.hasPrefix("2")
            let badge = "status \(isSuccess ? "good" : "bad")"
            let status = HTML.element("span", with: ["class": badge], HTML.escaped(response.name))
            let summary = HTML.element("summary", status + HTML.inline(response.value["description"]?.text ?? ""))
            let isOpen = isSuccess && response.name == operation.responses.first?.name
            return HTML.element("details", with: isOpen ? ["open": ""] : [:], summary + detail(response.value))
        }.joined(separator: "\n")
    }

    private func detail(_ response: DocumentNode) -> String {
        headers(response)
            + (response["content"]?.members ?? []).map { content in
                let schema = content.value["schema"].map { SchemaText.type(of: $0) } ?? ""
                let type = HTML.element("p", with: ["class": "label"], HTML.code(content.name) + " " + schema)
                let named = content.value["examples"]?.members.compactMap { $0.value["value"] } ?? []
                let examples = content.value["example"].map { [$0] } ?? named
                return type + examples.map { HTML.block($0.formatted) }.joined()
            }.joined()
    }

    /// The headers of a response, but for those of rate limits, which are the same everywhere and told of once.
    private func headers(_ response: DocumentNode) -> String {
        let own = (response["headers"]?.members ?? []).filter { !$0.name.hasPrefix("X-RateLimit-") }
        let rows = own.map { header in
            [HTML.code(header.name), HTML.inline(document.resolved(header.value)["description"]?.text ?? "")]
        }
        return HTML.table(head: ["Header", "Meaning"], rows: rows)
    }
}
