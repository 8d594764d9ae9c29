import Connectors

/// The OpenAPI document of the public listener: what stands in `openapi.json` beside this file, and the vendors' surfaces as
/// their tables have them.
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
        guard let written = DocumentNode(json: text) else { preconditionFailure("openapi.json is not JSON.") }
        self.init(Self.withSurfaces(written))
    }

    private static func withSurfaces(_ written: DocumentNode) -> DocumentNode {
        let surfaces = Surface.all.map { surface in
            SurfaceDocument(surface: surface, written: written["components"]?["schemas"] ?? [:])
        }
        func all(_ part: String, _ made: [DocumentNode.Member]) -> DocumentNode {
            .object((written["components"]?[part]?.members ?? []) + made)
        }
        let components = (written["components"] ?? [:])
            .adding("securitySchemes", all("securitySchemes", surfaces.flatMap(\.securitySchemes)))
            .adding("responses", all("responses", surfaces.flatMap(\.refusals)))
            .adding("schemas", all("schemas", surfaces.flatMap(\.schemas)))
        return
            written
            .adding("tags", .array(surfaces.map(\.tag) + (written["tags"]?.elements ?? [])))
            .adding("paths", .object(surfaces.flatMap(\.paths) + (written["paths"]?.members ?? [])))
            .adding("components", components)
    }

    /// Reads a document; nil when it is not JSON.
    package init?(_ text: String) {
        guard let root = DocumentNode(json: text) else { return nil }
        self.init(root)
    }

    private init(_ root: DocumentNode) {
        text = root.formatted
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
                    parameters: parameters.map { resolved($0, root) },
                    responses: (operation.value["responses"]?.members ?? []).map {
                        DocumentNode.Member(name: $0.name, value: resolved($0.value, root))
                    },
                    keyWord: keyWord((operation.value["security"] ?? root["security"])?.elements.first, root)
                )
            }
        }
    }
}
