import Foundation

/// The address that deliveries go to.
struct SendTarget: Sendable, Hashable {
    /// Whether the connection is encrypted.
    let isSecure: Bool
    let host: String
    let port: Int
    /// The path with its query.
    let path: String

    /// Reads a URL; one without a path is the receiver's root, to which the source's path is added.
    ///
    /// `nil` when the URL is not `http` or `https`, or has neither path nor source.
    init?(url: String, source: String?) {
        guard let parts = URLComponents(string: url), let host = parts.host, !host.isEmpty, let scheme = parts.scheme,
            ["http", "https"].contains(scheme.lowercased())
        else { return nil }
        isSecure = scheme.lowercased() == "https"
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? (isSecure ? 443 : 80)
        if parts.percentEncodedPath.isEmpty || parts.percentEncodedPath == "/" {
            guard let source else { return nil }
            path = "/webhooks/" + source
        } else {
            path = parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?" + $0 } ?? "")
        }
    }

    /// The value of the Host header.
    var authority: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
    }
}
