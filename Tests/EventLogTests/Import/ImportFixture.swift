import Connectors
import EventLog
import Foundation
import Postgres
import PostgresTesting

/// A workspace with an importer, and shorthands for what tests import.
struct ImportFixture: Sendable {
    let log: LogDatabase
    let workspace: WorkspaceID

    init() async throws {
        log = try LogDatabase.required()
        workspace = try await log.workspace()
    }

    /// Runs `body` with an importer into a source.
    func withImporter<Value: Sendable>(
        _ connector: ConnectorName = .pivotal,
        livemode: Bool = true,
        bodyLimit: Int? = nil,
        configuration: EventAppenderConfiguration = EventAppenderConfiguration(),
        activity: LogActivity = LogActivity(),
        _ body: (EventImporter) async throws -> Value
    ) async throws -> Value {
        let pool = log.appendPool(size: 1)
        let appender = EventAppender(
            pool: pool,
            activity: activity,
            configuration: configuration,
            logger: TestDatabase.logger
        )
        let target = ImportTarget(
            source: .sample(workspace, 7),
            sender: .known(connector),
            livemode: livemode,
            bodyLimit: bodyLimit
        )
        let value = try await body(EventImporter(pool: log.pool, appender: appender, target: target))
        await pool.shutdown(deadline: .now + .seconds(10))
        return value
    }

    /// Imports lines in one call.
    @discardableResult
    func run(
        _ lines: [String],
        into connector: ConnectorName = .pivotal,
        kind: String? = nil,
        isCertain: Bool = false,
        livemode: Bool = true,
        bodyLimit: Int? = nil
    ) async throws -> [ImportOutcome] {
        try await withImporter(connector, livemode: livemode, bodyLimit: bodyLimit) {
            try await $0.importLines(
                lines.map { ImportLine(Array($0.utf8), kind: kind, isCertain: isCertain) },
                readAt: PostgresTimestamp(Date())
            )
        }
    }

    /// Appends a delivery as a webhook would.
    func deliver(_ body: String, to connector: ConnectorName = .pivotal, id: String? = nil) async throws {
        let delivery = VerifiedWebhook(
            source: .sample(workspace, 7),
            sender: .known(connector),
            deliveryID: id,
            body: Array(body.utf8)
        )
        _ = try await log.withAppender { try await $0.append(delivery) }
    }

    /// What the log folds to for each entity: its kind, its id and one member of its document, the latest value.
    func state(_ member: String = "name") async throws -> [String] {
        try await log.column(
            """
            SELECT concat_ws(' ', e.entity_type, e.entity_id,
                hooklog.merge(hooklog.document(e.system, e.type, e.payload) ORDER BY e.occurred_at, e.position)
                    ->> '\(member)')
            FROM hooklog.event AS e GROUP BY e.entity_type, e.entity_id ORDER BY 1
            """
        )
    }

    func count() async throws -> Int { try await log.value("SELECT count(*) FROM hooklog.event") }

    /// A contact of Pivotal's API.
    static func contact(
        _ id: String = "con_1",
        _ name: String,
        created: String = "2026-01-01T00:00:00.000Z",
        updated: String = "2026-02-01T00:00:00.000Z"
    ) -> String {
        #"{"object":"contact","id":"\#(id)","name":"\#(name)","created_at":"\#(created)","updated_at":"\#(updated)"}"#
    }
}
