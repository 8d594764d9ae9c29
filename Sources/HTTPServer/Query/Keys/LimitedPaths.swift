import Connectors

/// The paths on which requests count towards a key's limit: all those that need a key.
package struct LimitedPaths: Sendable {
    private let prefixes: [[Substring]]
    private let exceptions: [[Substring]]

    /// Takes the beginnings of paths, and the paths under them that need no key.
    package init(under prefixes: [String], except exceptions: [String] = []) {
        self.prefixes = prefixes.map { $0.split(separator: "/") }
        self.exceptions = exceptions.map { $0.split(separator: "/") }
    }

    /// Whether requests to a path count.
    ///
    /// Components are compared, as the router does it: `//api//v1/me` is `/api/v1/me`.
    package func contains(_ path: String) -> Bool {
        let components = path.split(separator: "/")
        return prefixes.contains { components.starts(with: $0) } && !exceptions.contains(components)
    }
}

extension LimitedPaths {
    /// The native API and the vendors' surfaces.
    package static let all = LimitedPaths(
        under: ["/v1"] + Surface.all.map(\.prefix),
        except: Surface.all.flatMap { surface in
            surface.operations.filter(\.isOpen).map { surface.prefix + $0.path }
        }
    )
}
