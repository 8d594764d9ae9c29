import CLibpq

extension LibpqSession {
    /// Opens a connection without blocking for longer than the deadline; see ``ConnectionAttempt``.
    static func open(
        _ configuration: PostgresConfiguration,
        environment: [String: String],
        wakeup: Wakeup,
        until deadline: ContinuousClock.Instant
    ) throws(PostgresError) -> LibpqSession {
        guard wakeup.descriptor >= 0 else {
            throw PostgresError(.outOfResources, serverMessage: "no file descriptor is left", nothingWasSent: true)
        }
        var attempt = try ConnectionAttempt(configuration, environment: environment, wakeup: wakeup, until: deadline)
        return try attempt.run()
    }

    /// Begins to connect; ``connect(until:)`` must follow.
    convenience init(
        starting parameters: ConnectionParameters,
        configuration: PostgresConfiguration,
        wakeup: Wakeup
    ) throws(PostgresError) {
        guard let handle = parameters.withCStrings({ PQconnectStartParams($0, $1, 1) }) else {
            throw PostgresError(.outOfResources, serverMessage: "libpq has no memory", nothingWasSent: true)
        }
        let notices = NoticeCollector()
        notices.attach(to: handle)
        self.init(handle: handle, notices: notices, wakeup: wakeup, configuration: configuration)
    }

    /// Waits until the connection is open.
    func connect(until deadline: ContinuousClock.Instant) throws(PostgresError) {
        // Only the verbose form of a refusal holds its SQLSTATE.
        PQsetErrorVerbosity(handle, PQERRORS_VERBOSE)
        try poll(until: deadline)
        PQsetErrorVerbosity(handle, PQERRORS_DEFAULT)
        guard PQsetnonblocking(handle, 1) == 0 else { throw lostError(statement: nil, nothingWasSent: true) }
    }

    private func poll(until deadline: ContinuousClock.Instant) throws(PostgresError) {
        var events = POLLOUT
        guard PQstatus(handle) != CONNECTION_BAD else { throw connectError() }
        while true {
            try waitWhileConnecting(for: events, until: deadline)
            switch PQconnectPoll(handle) {
            case PGRES_POLLING_OK: return
            case PGRES_POLLING_READING: events = POLLIN
            case PGRES_POLLING_WRITING: events = POLLOUT
            default: throw connectError()
            }
        }
    }

    private func waitWhileConnecting(
        for events: Int32,
        until deadline: ContinuousClock.Instant
    ) throws(PostgresError) {
        while true {
            guard !Task.isCancelled else { throw PostgresError(.cancelled, statement: "connect", nothingWasSent: true) }
            switch SocketWait.wait(on: PQsocket(handle), events: Int16(events), wakeup: wakeup, until: deadline) {
            case .ready: return
            case .woken: continue
            case .deadlinePassed:
                isSilent = true
                throw PostgresError(.connectionFailed, serverMessage: "\(place) did not answer", nothingWasSent: true)
            }
        }
    }

    /// What an operator knows the server by.
    private var place: String {
        let host = PQhost(handle).map { String(cString: $0) } ?? ""
        let address = PQhostaddr(handle).map { String(cString: $0) } ?? ""
        let port = PQport(handle).map { String(cString: $0) } ?? ""
        let resolved = address.isEmpty || address == host ? "" : " (\(address))"
        return "\(host.hasPrefix("/") ? "socket" : "host") \(host)\(resolved) port \(port)"
    }

    private func connectError() -> PostgresError {
        let refusal = ConnectionRefusal(message: String(cString: PQerrorMessage(handle)))
        var code = PostgresError.Code.connectionFailed
        if let state = refusal.sqlState {
            code = PostgresError.Code(state)
            if code == .connectionLost || code == .adminShutdown { code = .connectionFailed }
        } else if PQconnectionNeedsPassword(handle) == 1 {
            code = .authenticationFailed
        }
        return PostgresError(
            code,
            sqlState: refusal.sqlState,
            serverMessage: refusal.message,
            nothingWasSent: true
        )
    }
}
