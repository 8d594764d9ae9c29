import Connectors
import Foundation

/// The address of a vendor's API.
struct ListTarget: Sendable, Hashable {
    /// The base of every request, without a slash at its end; what an import is found again by.
    let base: String

    /// Reads a user's URL; nil when it is not `http` or `https`, or holds a query or a password.
    init?(_ url: String, of api: VendorAPI) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty, let scheme = parts.scheme,
            ["http", "https"].contains(scheme.lowercased()), parts.user == nil, parts.password == nil,
            parts.query == nil, parts.fragment == nil
        else { return nil }
        let port = parts.port.map { ":\($0)" } ?? ""
        base = "\(scheme.lowercased())://\(host.lowercased())\(port)\(api.base(parts.percentEncodedPath))"
    }

    /// The URL of a path below the base.
    func url(_ path: String) -> String { base + path }
}
