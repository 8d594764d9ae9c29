import CLibpq

/// The hosts that a connection may be made to, and how they are tried.
///
/// libpq itself merges the connection string with its service file, the environment and its defaults.
struct HostList: Hashable, Sendable {
    /// The hosts in the order given; one without a name when libpq is to find them by itself.
    let hosts: [ServerHost]
    /// The user's `connect_timeout`: the time for each host and each of its addresses; nil when none is given.
    let budget: Duration?
    /// The kinds of session to look for, one after the other, on all hosts; nil leaves it to libpq.
    let sessionKinds: [String?]
    /// Whether the hosts are to be tried in random order.
    let isShuffled: Bool

    /// libpq allows no less.
    private static let smallestBudget = 2

    init(_ parameters: ConnectionParameters) {
        self.init(options: Self.options(merging: parameters))
    }

    /// Reads libpq's options by keyword.
    init(options: [String: String]) {
        hosts = Self.hosts(options) ?? [ServerHost()]
        let seconds = options["connect_timeout"].flatMap { Int32($0) } ?? 0
        budget = seconds > 0 ? .seconds(max(Int(seconds), Self.smallestBudget)) : nil
        // libpq goes round twice by itself, but here each host is asked alone.
        sessionKinds = options["target_session_attrs"] == "prefer-standby" ? ["standby", "any"] : [nil]
        isShuffled = options["load_balance_hosts"] == "random"
    }

    private static func hosts(_ options: [String: String]) -> [ServerHost]? {
        func list(_ keyword: String) -> [String?] {
            guard let text = options[keyword], !text.isEmpty else { return [] }
            return text.split(separator: ",", omittingEmptySubsequences: false).map { $0.isEmpty ? nil : String($0) }
        }
        let (names, addresses, ports) = (list("host"), list("hostaddr"), list("port"))
        let count = max(names.count, addresses.count)
        // Lists that do not fit are for libpq to refuse.
        guard count > 0, [0, count].contains(names.count), [0, count].contains(addresses.count),
            [0, 1, count].contains(ports.count)
        else { return nil }
        let hosts = (0..<count).map { index in
            ServerHost(
                name: names.isEmpty ? nil : names[index] ?? addresses.element(index),
                address: addresses.element(index),
                port: ports.count == count ? ports[index] ?? defaultPort : ports.element(0)
            )
        }
        // One that only libpq can find, and one whose empty address cannot be given to it alone.
        let canBeNamed = hosts.allSatisfy { host in
            host.address != nil || host.name != nil && (addresses.isEmpty || host.needsLookup)
        }
        return canBeNamed ? hosts : nil
    }

    /// libpq's own for an empty element.
    private static let defaultPort = "5432"

    /// All options with their values, as libpq would use them.
    private static func options(merging parameters: ConnectionParameters) -> [String: String] {
        // With a value that libpq does not know it starts nothing, and has merged everything by then.
        let refused = parameters.adding([("sslmode", "not to be started")])
        guard let handle = refused.withCStrings({ PQconnectStartParams($0, $1, 1) }) else { return [:] }
        defer { PQfinish(handle) }
        guard let options = PQconninfo(handle) else { return [:] }
        defer { PQconninfoFree(options) }
        return ConnectionParameters.values(of: options)
    }
}

extension Array where Element == String? {
    fileprivate func element(_ index: Int) -> String? {
        indices.contains(index) ? self[index] : nil
    }
}
