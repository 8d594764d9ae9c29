import EventLog

/// What the probes said last.
package struct ReadinessReport: Sendable {
    /// The probes in their order, each with what keeps the node from its job; nil when nothing does.
    let answers: [(probe: String, trouble: String?)]

    /// Whether every job can be done.
    package var isReady: Bool { answers.allSatisfy { $0.trouble == nil } }

    /// The report as `{"status":"not_ready","checks":{"database":"ready"},"reasons":["…"]}`.
    package var json: String {
        var json = JSONText(.dropped)
        json.append("{\"status\":")
        json.append(string: isReady ? "ready" : "not_ready")
        json.append(",\"checks\":{")
        for (probe, trouble) in answers {
            json.append(member: probe)
            json.append(string: trouble == nil ? "ready" : "not_ready")
        }
        json.append("},\"reasons\":[")
        let reasons = answers.compactMap { probe, trouble in trouble.map { "\(probe): \($0)" } }
        for (index, reason) in reasons.enumerated() {
            if index > 0 {
                json.append(",")
            }
            json.append(string: reason)
        }
        json.append("]}\n")
        return json.text
    }
}
