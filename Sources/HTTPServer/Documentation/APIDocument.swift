/// The OpenAPI document of the public listener, as it stands in `openapi.json` beside this file.
package struct APIDocument: Sendable {
    /// The JSON text as it is served.
    package let text: String
    /// The whole document.
    package let root: DocumentNode
    /// The operations in the document's order.
    package let operations: [APIOperation]

    /// The document that this build serves.
    package static let served = APIDocument(served: DocumentationFiles.text("openapi.json"))

    private static let methods = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]

    private init(served text: String) {
        guard let document = APIDocument(text) else { preconditionFailure("openapi.json is not JSON.") }
        self = document
    }

    /// Reads a document; nil when it is not JSON.
    package init?(_ text: String) {
        guard let root = DocumentNode(json: text) else { return nil }
        self.text = text
        self.root = root
        operations = Self.operations(root)
    }

    /// What a reference within the document leads to; the node itself when it is none.
    package func resolved(_ node: DocumentNode) -> DocumentNode {
        Self.resolved(node, root)
    }

    /// The schemas by name.
    package var schemas: [DocumentNode.Member] { root["components"]?["schemas"]?.members ?? [] }

    private static func resolved(_ node: DocumentNode, _ root: DocumentNode) -> DocumentNode {
        guard let reference = node["$ref"]?.text, reference.hasPrefix("#/") else { return node }
        let steps = reference.dropFirst(2).split(separator: "/").map(String.init)
        return steps.reduce(root) { $0[$1] ?? .null }
    }

    private static func operations(_ root: DocumentNode) -> [APIOperation] {
        (root["paths"]?.members ?? []).flatMap { path in
            path.value.members.filter { methods.contains($0.name) }.map { operation in
                let parameters =
                    (path.value["parameters"]?.elements ?? []) + (operation.value["parameters"]?.elements ?? [])
                return APIOperation(
                    method: operation.name.uppercased(),
                    path: path.name,
                    node: operation.value,
                    parameters: parameters.map { resolved($0, root) },
                    responses: (operation.value["responses"]?.members ?? []).map {
                        DocumentNode.Member(name: $0.name, value: resolved($0.value, root))
                    },
                    needsKey: (operation.value["security"] ?? root["security"])?.elements.contains {
                        $0["apiKey"] != nil
                    }
                        ?? false
                )
            }
        }
    }
}
