import Foundation
import Postgres
import PostgresTesting
import Testing

extension QueryServer {
    /// Runs `body` with a server and a live key that may write.
    static func withWriter(_ body: @escaping @Sendable (QueryServer, Writer) async throws -> Void) async throws {
        try await with { server in
            try await body(server, Writer(server: server, key: try await server.makeKey(scope: .write).text))
        }
    }

    /// What the read models of the server's workspace hold and a rebuild from the log does not, and the other way round.
    func differencesFromRebuild() async throws -> [String] {
        let active = try await number(
            "SELECT generation FROM hooklog.projection_generation WHERE projection = 'directory' AND state = 'active'"
        )
        try await projectAll(active)
        let rebuilt = try await number("SELECT hooklog.start_rebuild('directory')")
        try await projectAll(rebuilt)
        var differences: [String] = []
        for table in try await texts(
            """
            SELECT t ->> 'name' FROM hooklog.projection_generation AS g
            CROSS JOIN jsonb_array_elements(g.definition -> 'tables') AS t WHERE g.generation = \(active)
            """
        ) {
            let (one, other) = ("hooklog_data.\(table)_\(active)", "hooklog_data.\(table)_\(rebuilt)")
            differences += try await texts(TableDifference.query(one, other)).map { "\(table) \($0)" }
        }
        return differences
    }

    /// Steps a generation until it has read the whole log.
    private func projectAll(_ generation: Int64) async throws {
        var outcome = "folded"
        while outcome == "folded" {
            outcome =
                try await texts(
                    """
                    SELECT outcome
                    FROM hooklog.project(\(workspace.id.rawValue), 'directory', \(generation), 1000, 100000000)
                    """
                ).first ?? ""
        }
        #expect(outcome == "caught_up")
    }

    /// The types of the events in the log of the server's workspace, in order.
    func eventTypes() async throws -> [String] {
        try await texts("SELECT type FROM hooklog.event ORDER BY workspace_id, position")
    }

    /// The first column of a query, as text.
    func texts(_ sql: String) async throws -> [String] {
        let statement = PostgresStatement(name: "t\(sql.hashValue)", sql: "SELECT t::text FROM (\(sql)) AS s (t)")
        return try await pool.query(statement).rows.map { try $0.decode(0) }
    }

    /// The number that a query returns.
    func number(_ sql: String) async throws -> Int64 {
        try #require(Int64(try await texts(sql).first ?? ""))
    }
}

/// Sends writes with a key.
struct Writer: Sendable {
    let server: QueryServer
    let key: String

    func post(_ path: String, _ body: String, headers: [(String, String)] = []) async throws -> QueryReply {
        try await server.send("/api/v1/" + path, key: key, method: "POST", headers: headers, body: body)
    }

    func patch(_ path: String, _ body: String) async throws -> QueryReply {
        try await server.send("/api/v1/" + path, key: key, method: "PATCH", body: body)
    }

    func delete(_ path: String) async throws -> QueryReply {
        try await server.send("/api/v1/" + path, key: key, method: "DELETE")
    }

    func get(_ path: String) async throws -> QueryReply {
        try await server.send("/api/v1/" + path, key: key)
    }

    /// Makes a customer and returns its id.
    func customer(_ name: String = "Acme") async throws -> String {
        try #require(try await post("customers", #"{"name":"\#(name)"}"#).json["id"]?.text)
    }

    /// Adds a contact to a customer and returns its id.
    func contact(_ email: String, of customer: String, more: String = "") async throws -> String {
        let body = #"{"name":"Alice","email":"\#(email)"\#(more)}"#
        return try #require(try await post("customers/\(customer)/contacts", body).json["id"]?.text)
    }
}

extension JSONValue {
    /// The names of an object's members.
    var names: Set<String> {
        if case .object(let members) = self { Set(members.keys) } else { [] }
    }

    /// An object that has the members of both; the other's win.
    func merging(_ other: [String: JSONValue]) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.merging(other) { $1 })
    }
}

extension QueryServer {
    /// Waits until so many sessions wait for a lock; an issue after ten seconds.
    func untilWaiting(_ sessions: Int64, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let deadline = ContinuousClock.now + .seconds(10)
        let sql = """
            SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
            """
        while try await number(sql) != sessions {
            guard ContinuousClock.now < deadline else {
                Issue.record("\(sessions) sessions did not wait at once", sourceLocation: sourceLocation)
                return
            }
        }
    }
}

extension Writer {
    /// Sends requests of many clients at the same time; returns the replies.
    func atOnce(
        _ count: Int,
        _ send: @escaping @Sendable (Writer, Int) async throws -> QueryReply
    ) async throws -> [QueryReply] {
        try await withThrowingTaskGroup(of: QueryReply.self) { group in
            for number in 0..<count { group.addTask { try await send(self, number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }
}
