import EventLog
import Foundation
import Postgres

/// A Pivotal event as it is delivered.
struct PivotalEvent: Sendable {
    var id: String
    var type: String
    /// The object's members as JSON text, without the braces.
    var object: String
    var createdAt = "2026-05-26T18:42:00.123Z"
    var livemode = true

    var body: String {
        """
        {"id":"\(id)","type":"\(type)","created_at":"\(createdAt)","org_id":"org_1","livemode":\(livemode),\
        "api_version":"v1","data":{"object":{\(object)}}}
        """
    }

    static func customer(_ id: String, _ displayID: Int, type: String = "created", more: String = "") -> PivotalEvent {
        PivotalEvent(
            id: "evt_\(id)_\(type)_\(displayID)_\(more.utf8.count)",
            type: "customer.\(type)",
            object: #""id":"\#(id)","display_id":\#(displayID),"name":"Acme \#(displayID)"\#(more)"#
        )
    }

    static func child(_ kind: String, _ id: String, _ displayID: Int, of customer: String, more: String = "") -> Self {
        PivotalEvent(
            id: "evt_\(kind)_\(id)_\(displayID)_\(more.utf8.count)",
            type: "\(kind).created",
            object: #""id":"\#(id)","display_id":\#(displayID),"customer_id":"\#(customer)"\#(more)"#
        )
    }
}

extension QueryServer {
    private static let project = PostgresStatement(
        name: "project",
        sql: """
            SELECT p.outcome
            FROM hooklog.projection_generation AS g
            CROSS JOIN LATERAL hooklog.project($1, 'directory', g.generation, $2, 100000000) AS p
            WHERE g.projection = 'directory' AND g.state = 'active'
            """
    )

    /// Appends deliveries to a workspace's log, by default the server's, and projects them.
    func append(_ events: [PivotalEvent], to workspace: Workspace? = nil) async throws {
        try await appendOnly(events, to: workspace)
        try await project(workspace)
    }

    /// Appends deliveries, and leaves them to whoever projects.
    func appendOnly(_ events: [PivotalEvent], to workspace: Workspace? = nil) async throws {
        _ = try await append(events.map { VendorDelivery(system: "pivotal", id: nil, body: $0.body) }, to: workspace)
    }

    /// Takes one step of the directory, of so many events at most, and returns its outcome.
    @discardableResult
    func project(_ workspace: Workspace? = nil, limit: Int32 = 100_000) async throws -> String {
        let id = (workspace ?? self.workspace).id.rawValue
        return try await pool.query(Self.project, [.int8(id), .int4(limit)]).first?.decode(0) ?? ""
    }

    /// Runs a script on the server's database.
    func script(_ sql: String) async throws {
        try await database.withConnection { _ = try await $0.script(sql) }
    }
}
