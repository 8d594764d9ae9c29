import Connectors
import EventLog
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

    /// Whether what is sent there can be read on the way: another machine is spoken to without TLS.
    var isInTheClear: Bool {
        guard base.hasPrefix("http:"), let host = URLComponents(string: base)?.host else { return false }
        return host != "localhost" && !host.hasPrefix("127.") && host != "[::1]" && host != "::1"
    }

    /// The API of a connector at a user's URL.
    ///
    /// - Throws: `invalidSetting` when something is missing or wrong.
    static func find(
        _ url: String,
        of connector: ConnectorName,
        account: String?
    ) throws(CommandError) -> (VendorAPI, ListTarget) {
        guard let api = Connector.named(connector)?.lists else {
            throw CommandError(
                .invalidSetting,
                "The lists of connector \(connector) are not known. Import its events with --file."
            )
        }
        guard let target = ListTarget(url, of: api) else {
            throw CommandError(
                .invalidSetting,
                "--from must be the http or https address of an API, without a query or a password in it."
            )
        }
        guard !api.needsAccount || account != nil else {
            throw CommandError(
                .invalidSetting,
                "Connector \(connector) wants to know the account. Give it with --account acc_…."
            )
        }
        return (api, target)
    }
}
