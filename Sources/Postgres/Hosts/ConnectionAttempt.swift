import CLibpq

/// One attempt to open a connection: the hosts in turn, each within its own time.
///
///     hosts, the silent ones last ─▶ look up ─▶ addresses, the silent ones last ─▶ start, poll ─▶ session
///                                      │                                            │ silent: note it
///                                      └────────────────── next ◀───────────────────┴ refused without a reason of its own
///
/// libpq would go past a silent host in its blocking calls only, so it is given one address at a time. As in libpq, a server
/// that refuses the login or the database ends the attempt.
struct ConnectionAttempt {
    /// The time for a host among several, when the user gives none.
    static let usualBudget = Duration.seconds(2)
    /// Silence that the caller's own deadline cut short counts from here on.
    private static let leastSilence = Duration.seconds(1)
    /// How many failures are told.
    private static let failureLimit = 5

    let configuration: PostgresConfiguration
    let parameters: ConnectionParameters
    let list: HostList
    let wakeup: Wakeup
    let deadline: ContinuousClock.Instant
    private var failures: [PostgresError] = []
    private var silent: Set<ServerHost> = []

    init(
        _ configuration: PostgresConfiguration,
        environment: [String: String],
        wakeup: Wakeup,
        until deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        self.configuration = configuration
        self.wakeup = wakeup
        self.deadline = deadline
        parameters = try ConnectionParameters(configuration, environment: environment)
        list = HostList(parameters)
    }

    /// Opens a session on the first host that gives one.
    mutating func run() throws(PostgresError) -> LibpqSession {
        let given = list.isShuffled ? list.hosts.shuffled() : list.hosts
        for (pass, kind) in list.sessionKinds.enumerated() {
            let hosts = configuration.silentHosts.ordered(given).filter { !silent.contains($0) }
            for (index, host) in hosts.enumerated() where hasTime {
                let isLast = pass == list.sessionKinds.count - 1 && index == hosts.count - 1
                guard let session = try open(host, kind: kind, isLast: isLast) else { continue }
                return session
            }
        }
        throw failure
    }

    private var hasTime: Bool { deadline > .now }

    private mutating func open(_ host: ServerHost, kind: String?, isLast: Bool) throws(PostgresError) -> LibpqSession? {
        var addresses = [host]
        if host.needsLookup {
            guard let found = try lookUp(host, isLast: isLast) else { return nil }
            addresses = found.map { ServerHost(name: host.name, address: $0, port: host.port) }
        }
        addresses = configuration.silentHosts.ordered(addresses).filter { !silent.contains($0) }
        if list.isShuffled { addresses.shuffle() }
        for (index, address) in addresses.enumerated() where hasTime {
            let isLastOfAll = isLast && index == addresses.count - 1
            guard let session = try start(address, kind: kind, isLast: isLastOfAll) else { continue }
            return session
        }
        return nil
    }

    /// Starts one session; returns nil when the next host is to be tried.
    private mutating func start(
        _ host: ServerHost,
        kind: String?,
        isLast: Bool
    ) throws(PostgresError) -> LibpqSession? {
        let (begin, limit) = (ContinuousClock.now, self.limit(isLast: isLast))
        let session = try LibpqSession(
            starting: parameters.naming(host, sessionKind: kind),
            configuration: configuration,
            wakeup: wakeup
        )
        do throws(PostgresError) {
            try session.connect(until: limit)
            session.host = host
            configuration.silentHosts.forget(host)
            return session
        } catch {
            if session.isSilent {
                noteSilence(of: host, since: begin, until: limit)
            } else if error.code != .cancelled {
                configuration.silentHosts.forget(host)
            }
            guard error.sendsToTheNextHost else { throw error }
            failures.append(error)
            return nil
        }
    }

    private mutating func noteSilence(
        of host: ServerHost,
        since begin: ContinuousClock.Instant,
        until limit: ContinuousClock.Instant
    ) {
        silent.insert(host)
        guard limit < deadline || .now - begin >= Self.leastSilence else { return }
        configuration.silentHosts.note(host)
    }

    /// When a host's time is over; the last one has what is left, unless the user gives a time.
    private func limit(isLast: Bool) -> ContinuousClock.Instant {
        if let budget = list.budget { return min(.now + budget, deadline) }
        return isLast ? deadline : min(.now + Self.usualBudget, deadline)
    }

    private mutating func lookUp(_ host: ServerHost, isLast: Bool) throws(PostgresError) -> [String]? {
        let (name, limit) = (host.name ?? "", limit(isLast: isLast))
        let lookup = BlockingCall(signalling: wakeup) { HostLookup(name) }
        while lookup.outcome == nil {
            guard !Task.isCancelled else { throw PostgresError(.cancelled, statement: "connect", nothingWasSent: true) }
            guard case .deadlinePassed = SocketWait.wait(on: -1, events: 0, wakeup: wakeup, until: limit) else {
                continue
            }
            noteSilence(of: host, since: limit, until: limit)
            note("the address of host \(name) was not found in time")
            return nil
        }
        switch lookup.outcome {
        case .found(let addresses) where !addresses.isEmpty: return addresses
        case .failed(let reason): note("the address of host \(name) was not found: \(reason)")
        case .found, nil: note("host \(name) has no address")
        }
        return nil
    }

    private mutating func note(_ message: String) {
        failures.append(PostgresError(.connectionFailed, serverMessage: message, nothingWasSent: true))
    }

    /// What all hosts said, in one error.
    private var failure: PostgresError {
        guard failures.count != 1, let last = failures.last else {
            return failures.first ?? PostgresError(.deadlineExceeded, statement: "connect", nothingWasSent: true)
        }
        var messages: [String] = []
        for message in failures.compactMap(\.serverMessage) where !messages.contains(message) {
            messages.append(message)
        }
        let more = messages.count > Self.failureLimit ? "; and \(messages.count - Self.failureLimit) more" : ""
        return PostgresError(
            last.code,
            sqlState: last.sqlState,
            serverMessage: messages.prefix(Self.failureLimit).joined(separator: "; ") + more,
            nothingWasSent: true
        )
    }
}

extension PostgresError {
    /// Whether another host may be tried: not after a server's own reason, except that it takes no connections now.
    fileprivate var sendsToTheNextHost: Bool {
        code == .connectionFailed && (sqlState == nil || sqlState?.rawValue == "57P03")
    }
}
