import EventLog

/// What the probes said last.
package struct ReadinessReport: Sendable, Hashable {
    /// The answers by probe, in the order of the probes.
    package struct Entry: Sendable, Hashable {
        /// The probe's name.
        package let name: String
        /// Its answer.
        package let answer: ReadinessProbe.Answer
    }

    /// The answers.
    package let entries: [Entry]

    /// Whether every job can be done.
    package var isReady: Bool { entries.allSatisfy { $0.answer == .ready } }

    /// The report as `{"status":"not_ready","checks":{"database":"ready"},"reasons":["…"]}`.
    package var json: String {
        var json = JSONText(.dropped)
        json.append("{\"status\":")
        json.append(string: isReady ? "ready" : "not_ready")
        json.append(",\"checks\":{")
        for entry in entries {
            json.append(member: entry.name)
            json.append(string: entry.answer == .ready ? "ready" : "not_ready")
        }
        json.append("},\"reasons\":[")
        for (index, reason) in reasons.enumerated() {
            if index > 0 {
                json.append(",")
            }
            json.append(string: reason)
        }
        json.append("]}\n")
        return json.text
    }

    private var reasons: [String] {
        entries.compactMap { entry in
            guard case .notReady(let reason) = entry.answer else { return nil }
            return "\(entry.name): \(reason)"
        }
    }
}
