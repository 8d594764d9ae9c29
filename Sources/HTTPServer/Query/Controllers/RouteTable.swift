import Connectors

/// The paths of an API with the methods that each takes.
package struct RouteTable: Sendable {
    private let routes: [(components: [Substring], methods: [String])]

    /// Takes paths whose components in braces stand for anything, with their methods in the order to tell them.
    package init(_ routes: [(path: String, methods: [String])]) {
        self.routes = routes.map { ($0.path.split(separator: "/"), $0.methods) }
    }

    /// The methods that a path takes; none when there is no such path.
    package func methods(at path: String) -> [String] {
        let components = path.split(separator: "/")
        return routes.first { Self.matches($0.components, components) }?.methods ?? []
    }

    private static func matches(_ pattern: [Substring], _ components: [Substring]) -> Bool {
        pattern.count == components.count
            && zip(pattern, components).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}

extension RouteTable {
    /// A surface's paths.
    package init(_ surface: Surface) {
        var methods: [(path: String, methods: [String])] = []
        for operation in surface.operations {
            let path = surface.prefix + operation.path
            let added = operation.method == "GET" ? ["GET", "HEAD"] : [operation.method]
            if let known = methods.firstIndex(where: { $0.path == path }) {
                methods[known].methods += added
            } else {
                methods.append((path, added))
            }
        }
        self.init(methods)
    }

    /// The native paths: the log, and the lists over the directory.
    package static let native = RouteTable(
        ["events", "events/{position}", "contacts", "customers", "internal-contacts", "people"]
            .map { ("/v1/" + $0, ["GET", "HEAD"]) }
    )

    /// The paths of the API's own description.
    package static let documentation = RouteTable(["/openapi.json", "/docs"].map { ($0, ["GET", "HEAD"]) })
}
