import Foundation

/// Where the objects of a source with thin events are fetched, as it is stored with the source.
package struct FetchSourceSettings: Codable, Sendable, Hashable {
    /// The address of the vendor's API, to which the objects' paths are added.
    package var baseURL: String
    /// The vendor's id of the workspace whose objects they are.
    package var workspace: String
    /// Whether it is the vendor's test data.
    package var testMode: Bool

    /// Creates settings; slashes at the end of the address do not count.
    package init(baseURL: String, workspace: String, testMode: Bool = false) {
        self.baseURL = String(baseURL.reversed().drop { $0 == "/" }.reversed())
        self.workspace = workspace
        self.testMode = testMode
    }

    private enum CodingKeys: String, CodingKey {
        case workspace
        case baseURL = "base_url"
        case testMode = "test_mode"
    }

    /// Where the token is sent: scheme, host and port of the address, in lower case.
    ///
    /// Nil for anything but an `http` or `https` URL that ends with its path, in characters of which no two readers think
    /// differently.
    package var origin: String? {
        guard baseURL.utf8.allSatisfy(Self.isPlain), let parts = URLComponents(string: baseURL),
            let scheme = parts.scheme, ["http", "https"].contains(scheme), let host = parts.host, !host.isEmpty,
            parts.user == nil, parts.password == nil
        else { return nil }
        return "\(scheme)://\(host.lowercased()):\(parts.port ?? (scheme == "https" ? 443 : 80))"
    }

    /// Whether the token and the objects would go over a network in the clear.
    package var isExposed: Bool {
        guard let origin, origin.hasPrefix("http://"), let host = URLComponents(string: baseURL)?.host?.lowercased()
        else { return false }
        let isNumeric = host.utf8.allSatisfy { "0123456789.".utf8.contains($0) }
        return !(host == "localhost" || isNumeric && host.hasPrefix("127.") || host == "::1" || host == "[::1]")
    }

    /// Throws `invalidArgument` when the address is no `http` or `https` URL that ends with its path, or the workspace cannot
    /// stand in a header.
    package func validate() throws(EventLogError) {
        guard origin != nil else {
            throw EventLogError(
                .invalidArgument,
                detail: "the address to fetch from must be an http or https URL without user, query and fragment."
            )
        }
        guard Self.isHeaderValue(workspace, limit: 255) else {
            throw EventLogError(
                .invalidArgument,
                detail: "the workspace to fetch from must be 1 to 255 visible ASCII characters."
            )
        }
    }

    /// Throws `invalidSecret` when a token cannot stand in a header.
    static func validate(token: String) throws(EventLogError) {
        guard isHeaderValue(token, limit: 1024) else {
            throw EventLogError(.invalidSecret, detail: "the API token must be 1 to 1024 visible ASCII characters.")
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "-._~:/[]".utf8.contains(byte)
        }
    }

    private static func isHeaderValue(_ text: String, limit: Int) -> Bool {
        1...limit ~= text.utf8.count && text.utf8.allSatisfy { 0x21...0x7E ~= $0 }
    }
}
