import ArgumentParser

/// `hooklog doctor`: checks everything that Hooklog relies on.
struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the database, the keys and the projections, and say what to do.",
        discussion: """
            Prints a line for each check: ok, warn or fail, and what to do about it. Changes nothing. Exits with 1 \
            when a check failed.
            """
    )

    @OptionGroup var databaseOptions: DatabaseOptions
    @OptionGroup var output: Output

    func run() async throws {
        let findings = try await databaseOptions.withDatabase { await Examination(database: $0).findings() }
        let hasFailed = findings.contains { $0.level == .fail }
        try output.write(["ok": !hasFailed, "checks": findings] as JSONObject) {
            findings.map(Self.line).joined(separator: "\n")
        }
        guard !hasFailed else { throw ExitCode.failure }
    }

    static func line(_ finding: Finding) -> String {
        let level = finding.level.rawValue.padded(to: 4)
        return "\(level)  \(finding.check.padded(to: 12))  \(finding.message).\(finding.remedy.map { " \($0)" } ?? "")"
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String {
        self + String(repeating: " ", count: max(count - self.count, 0))
    }
}
