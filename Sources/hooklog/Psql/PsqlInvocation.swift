import Foundation

/// How `psql` is started: its arguments, without the password, and the variables that are added for it.
///
/// Arguments show in the list of processes and the environment does not, so the password moves there.
struct PsqlInvocation: Sendable, Hashable {
    /// The arguments after the program's name.
    let arguments: [String]
    /// The variables to add to the environment.
    let environment: [String: String]

    /// Creates the invocation for a connection string; `arguments` are handed on as they are.
    init(connectionString: String, arguments: [String]) {
        let isURI = ["postgres://", "postgresql://"].contains { connectionString.hasPrefix($0) }
        let parts = isURI ? Self.separate(uri: connectionString) : Self.separate(pairs: connectionString)
        // A connection string that begins with a dash would else be taken as an option.
        self.arguments = ["--dbname=" + parts.rest] + arguments
        environment = parts.password.map { ["PGPASSWORD": $0] } ?? [:]
    }

    /// In a URI the password stands between the first colon and the last at sign of the authority, or in the query.
    private static func separate(uri: String) -> (rest: String, password: String?) {
        var password: String?
        var parts = uri.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if let start = parts[0].range(of: "://")?.upperBound {
            let authorityEnd = parts[0][start...].firstIndex(of: "/") ?? parts[0].endIndex
            if let at = parts[0][start..<authorityEnd].lastIndex(of: "@"),
                let colon = parts[0][start..<at].firstIndex(of: ":")
            {
                password = String(parts[0][parts[0].index(after: colon)..<at]).removingPercentEncoding
                parts[0].removeSubrange(colon..<at)
            }
        }
        if parts.count == 2 {
            var items = parts[1].split(separator: "&").map(String.init)
            for item in items where item.hasPrefix("password=") {
                password = String(item.dropFirst("password=".count)).removingPercentEncoding
            }
            items.removeAll { $0.hasPrefix("password=") }
            parts = items.isEmpty ? [parts[0]] : [parts[0], items.joined(separator: "&")]
        }
        return (parts.joined(separator: "?"), password)
    }

    /// In `key=value` pairs the password may stand in quotes, with backslashes before quotes and backslashes.
    private static func separate(pairs: String) -> (rest: String, password: String?) {
        let pattern = /(?:^|\s)password\s*=\s*(?:'(?<quoted>(?:[^'\\]|\\.)*)'|(?<plain>(?:[^\s\\]|\\.)*))/
        guard let match = pairs.firstMatch(of: pattern) else { return (pairs, nil) }
        var rest = pairs
        rest.removeSubrange(match.range)
        let escaped = match.output.quoted ?? match.output.plain ?? ""
        let password = String(escaped).replacing(/\\(.)/) { String($0.output.1) }
        return (rest.trimmingCharacters(in: .whitespaces), password)
    }
}
