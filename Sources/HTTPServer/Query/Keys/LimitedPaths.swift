import Connectors

/// The paths on which requests count towards a key's limit: all those of the native API and of surfaces that need a key.
package enum LimitedPaths {
    private static let prefixes = (["/v1"] + Surface.all.map(\.prefix)).map { $0.split(separator: "/") }
    private static let exceptions = Surface.all.flatMap { surface in
        surface.operations.filter(\.isOpen).map { (surface.prefix + $0.path).split(separator: "/") }
    }

    /// Whether requests to a path count.
    ///
    /// Components are compared, as the router does it: `//api//v1/me` is `/api/v1/me`.
    package static func contains(_ path: String) -> Bool {
        let components = path.split(separator: "/")
        return prefixes.contains { components.starts(with: $0) } && !exceptions.contains(components)
    }
}
