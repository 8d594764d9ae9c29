import CLibpq

extension PostgresConnection {
    /// Listens on channels, beside those listened on before.
    package func listen(
        _ channels: [String],
        deadline: ContinuousClock.Instant? = nil
    ) async throws(PostgresError) {
        try await perform("listen", until: deadline) { session throws(PostgresError) in
            for channel in channels {
                _ = try session.runSimple("LISTEN \(session.quoted(channel))", name: "listen")
            }
        }
    }

    /// Waits for notifications and returns all that are there; empty when the deadline comes first.
    ///
    /// Throws `cancelled` when the task is, `connectionLost` when the connection breaks. Other calls wait meanwhile.
    package func waitForNotifications(
        until deadline: ContinuousClock.Instant
    ) async throws(PostgresError) -> [PostgresNotification] {
        try await perform("listen", until: max(deadline, .now + .milliseconds(1))) { session throws(PostgresError) in
            try session.waitForNotifications(until: deadline)
        }
    }
}

extension LibpqSession {
    /// A name as SQL writes it.
    func quoted(_ identifier: String) throws(PostgresError) -> String {
        guard let text = PQescapeIdentifier(handle, identifier, identifier.utf8.count) else {
            throw PostgresError(.misuse, serverMessage: "it is not a name", nothingWasSent: true)
        }
        defer { PQfreemem(text) }
        return String(cString: text)
    }

    /// Waits until there is a notification; empty when the deadline comes first.
    func waitForNotifications(until deadline: ContinuousClock.Instant) throws(PostgresError) -> [PostgresNotification] {
        while true {
            let notifications = takeNotifications()
            guard notifications.isEmpty else { return notifications }
            guard !Task.isCancelled else { throw PostgresError(.cancelled, statement: "listen") }
            switch SocketWait.wait(on: PQsocket(handle), events: Int16(POLLIN), wakeup: wakeup, until: deadline) {
            case .woken: continue
            case .deadlinePassed: return []
            case .ready:
                guard PQconsumeInput(handle) == 1 else { throw lostError(statement: "listen") }
            }
        }
    }

    private func takeNotifications() -> [PostgresNotification] {
        var notifications: [PostgresNotification] = []
        while let notification = PQnotifies(handle) {
            defer { PQfreemem(notification) }
            notifications.append(
                PostgresNotification(
                    channel: String(cString: notification.pointee.relname),
                    payload: String(cString: notification.pointee.extra)
                )
            )
        }
        return notifications
    }
}
