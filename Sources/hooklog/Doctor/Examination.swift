import EventLog
import Postgres
import Schema

/// Looks at a database the way a doctor would, and changes nothing.
struct Examination: Sendable {
    /// The most rows that one check looks at.
    static let rowLimit: Int64 = 1000

    let database: Database

    /// Returns what every check found; later checks are left out when an earlier one makes them pointless.
    func findings() async -> [Finding] {
        var findings: [Finding] = []
        do {
            findings += try await sessions()
            guard findings.isEmpty else { return findings }
            findings += try await server()
            let schema = try await schema()
            findings.append(schema)
            findings.append(try await role())
            findings.append(contentsOf: try await longTransactions())
            guard schema.level == .ok else { return findings }
            findings.append(await writing())
            findings.append(try await partitions())
            findings += try await logs()
            findings += try await guards()
            findings.append(try await masterKey())
            findings += try await projections()
            findings += try await refusals()
            findings += try await deadLetters()
        } catch {
            findings.append(
                .fail("database", "\(error)", remedy: "Mend that first, then run `hooklog doctor` again.")
            )
        }
        return findings
    }

    /// Says something only when sessions are not what they should be.
    private func sessions() async throws -> [Finding] {
        try await database.sharesSessions()
            ? [.fail("sessions", Database.sharingProblem, remedy: Database.sharingRemedy)] : []
    }

    private func server() async throws -> [Finding] {
        let before = PostgresTimestamp(.now)
        let result = try await database.pool.query(Queries.readServer)
        let (start, end) = (before.microsecondsSince1970, PostgresTimestamp(.now).microsecondsSince1970)
        let middle = PostgresTimestamp(microsecondsSince1970: start + (end - start) / 2)
        guard let row = result.first else { return [] }
        return try ServerChecks(row, now: middle).findings
    }

    private func schema() async throws -> Finding {
        let installed = try await database.pool.withConnection { try await SchemaVersion.installed(in: $0) }
        do throws(SchemaError) {
            try SchemaVersion.check(installed)
            return .ok("schema", "version \(SchemaVersion.ofThisBuild.migration), this program's own")
        } catch {
            let text = error.description
            let end = text.firstRange(of: ". ")?.lowerBound ?? text.endIndex
            return .fail("schema", String(text[..<end]), remedy: String(text[end...].dropFirst(2)))
        }
    }

    private func role() async throws -> Finding {
        let row = try await database.pool.query(Queries.readServiceRole).first
        if try row?.decode("is_usable", as: Bool.self) == true {
            return .ok("role", "the service runs with the rights of hooklog_service only")
        }
        let isPresent = try row?.decode("is_present", as: Bool.self) == true
        return .warn(
            "role",
            isPresent ? "this role may not become hooklog_service" : "there is no role hooklog_service",
            remedy: isPresent
                ? "Run GRANT hooklog_service TO this role as a superuser."
                : "Run `hooklog migrate` as a role that may make roles."
        )
    }

    private func partitions() async throws -> Finding {
        guard let row = try await database.pool.query(Queries.readPartitions).first,
            let reaches = try row["reaches", as: PostgresTimestamp?.self]
        else {
            return .fail(
                "partitions",
                "the log has no partition for the present month, so senders get 503",
                remedy:
                    "Attach the month's table to hooklog.event again; if there never was one, run `hooklog migrate`."
            )
        }
        let ahead = reaches.duration(since: try row["now"])
        let message = "the log's partitions reach to \(Moment.text(of: reaches.date).prefix(10))"
        guard ahead < .seconds(62 * 86_400) else { return .ok("partitions", message) }
        let remedy = "Run `hooklog migrate`; a running `hooklog serve` makes them by itself, so see its log."
        return Finding(ahead < .seconds(86_400) ? .fail : .warn, "partitions", message, remedy: remedy)
    }
}
