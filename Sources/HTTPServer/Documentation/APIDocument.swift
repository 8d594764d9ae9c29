import Connectors

/// The OpenAPI document of the public listener: what people wrote, and the vendors' surfaces as their tables have them.
package struct APIDocument: Sendable {
    /// The JSON text as it is served.
    package let text: String
    /// The whole document.
    package let root: DocumentNode
    /// The operations in the document's order.
    package let operations: [APIOperation]

    /// The document that this build serves.
    package static let served = APIDocument(WrittenDocument(DocumentationFiles.text("openapi.yaml")))

    private static let methods = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]

    private init(_ written: WrittenDocument) {
        let surfaces = Surface.all.map { SurfaceDocument(surface: $0, written: written) }
        let components: DocumentNode = [
            "securitySchemes": .object(surfaces.flatMap(\.securitySchemes)),
            "responses": written.responses.merged(with: .object(surfaces.flatMap(\.refusals))),
            "schemas": .object(surfaces.flatMap(\.schemas)),
        ]
        self.init(
            written.root
                .adding("tags", .array(surfaces.map(\.tag) + (written.root["tags"]?.elements ?? [])))
                .adding("paths", .object(surfaces.flatMap(\.paths) + written.paths))
                .merged(with: ["components": components])
        )
    }

    /// Creates a document of what is whole as it stands.
    package init(_ root: DocumentNode) {
        text = root.formatted
        self.root = root
        operations = Self.operations(root)
    }

    /// What a reference within the document leads to; the node itself when it is none.
    package func resolved(_ node: DocumentNode) -> DocumentNode { node.resolved(in: root) }

    /// The schemas by name.
    package var schemas: [DocumentNode.Member] { root["components"]?["schemas"]?.members ?? [] }

    /// What stands before the key that a request needs; nil when it needs none.
    private static func keyWord(_ security: DocumentNode?, _ root: DocumentNode) -> String? {
        guard let name = security?.members.first?.name, let scheme = root["components"]?["securitySchemes"]?[name]
        else {
            return nil
        }
        if scheme["scheme"] == "bearer" { return "Bearer" }
        guard scheme["name"] == "Authorization" else { return nil }
        return scheme["description"]?.text?.split(separator: " ").first.map(String.init)
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
                    parameters: parameters.map { $0.resolved(in: root) },
                    responses: (operation.value["responses"]?.members ?? []).map {
                        DocumentNode.Member(name: $0.name, value: $0.value.resolved(in: root))
                    },
                    keyWord: keyWord((operation.value["security"] ?? root["security"])?.elements.first, root)
                )
            }
        }
    }
}
