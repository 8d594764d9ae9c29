import Connectors

/// Writes a request of an operation as a command for a shell, with the document's own example values.
struct CurlExample {
    let operation: APIOperation

    /// Where the server listens unless told otherwise.
    static let baseURL = "http://127.0.0.1:8080"

    /// The command; the key is in `$KEY`.
    var text: String {
        var words = ["curl"]
        if operation.method != "GET" { words.append("-X \(operation.method)") }
        var lines = [(words + ["'\(Self.baseURL)\(path)\(query)'"]).joined(separator: " ")]
        if let word = operation.keyWord { lines.append("-H \"Authorization: \(word) $KEY\"") }
        lines += headers
        if let body = operation.requestContent?["example"] {
            lines.append("-H 'Content-Type: application/json'")
            lines.append("-d '\(body.compact)'")
        }
        return lines.joined(separator: " \\\n  ")
    }

    private var path: String {
        parameters(in: "path").reduce(operation.path) { path, parameter in
            path.replacing("{\(parameter.name)}", with: parameter.example)
        }
    }

    /// Required parameters, and the first of the others: enough to show how they are sent.
    private var query: String {
        let own = parameters(in: "query").filter { !["limit", "cursor", "after"].contains($0.name) }
        return own.first.map { "?\($0.name)=\($0.example)" } ?? ""
    }

    private var headers: [String] {
        parameters(in: "header").filter { $0.name != MinimumPosition.header }.map { "-H '\($0.name): \($0.example)'" }
    }

    private func parameters(in place: String) -> [(name: String, example: String)] {
        operation.parameters.filter { $0["in"]?.text == place }.compactMap { parameter in
            guard let name = parameter["name"]?.text, let example = parameter["example"] else { return nil }
            return (name, example.text ?? example.compact)
        }
    }
}
