import Connectors
import EventLog
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct ServiceRoleTests {
    /// A pool whose sessions run under the role that the service runs under.
    private func servicePool(_ log: LogDatabase) -> PostgresPool {
        var connection = log.configuration
        connection.sessionStatements += [PostgresStatement(name: "set_role", sql: "SET ROLE hooklog_service")]
        return PostgresPool(PostgresPoolConfiguration(patient: connection), logger: TestDatabase.logger)
    }

    @Test func serviceRoleSufficesForEverything() async throws {
        let log = try LogDatabase.required()
        let pool = servicePool(log)
        let fixture = try await SourceFixture(log)
        let store = SourceStore(pool: pool, senders: .known, sealer: fixture.sealer)
        let workspace = fixture.workspace
        let source = try await store.create(SourceDraft(workspace: workspace, connector: .pivotal, name: "a")).source
        _ = try await store.rotate(source, overlap: .seconds(60))
        try await store.disable(source)
        try await store.enable(source)
        #expect(try await fixture.makeDirectory(pool).source(source) != nil)
        let keys = APIKeyStore(pool: pool)
        let key = try await keys.create(APIKeyDraft(workspace: workspace, name: "a")).key
        _ = try await keys.revoke(key.id, in: workspace)
        _ = try await WorkspaceStore(pool: pool).create(slug: "other", name: "other")
        try await append(to: source, through: pool)
        let recorder = RejectedDeliveryRecorder(pool: pool, logger: TestDatabase.logger)
        recorder.record(source: source, reason: "bad", headerNames: [], bodySHA256: nil, size: 0)
        await recorder.flush()
        #expect(try await RejectedDeliveryReader(pool: pool).list(in: workspace).counts.count == 1)
        #expect(try await PartitionKeeper(pool: pool, logger: TestDatabase.logger).keep() == 12)
        #expect(try await WorkspaceUpkeep(pool: pool).moveFloor(of: workspace))
        let reader = EventReader(pool: pool, senders: .known)
        #expect(try await reader.head(of: workspace).position.rawValue == 1)
        #expect(try await reader.page(of: workspace, EventFilter(livemode: true)).count == 1)
        await pool.shutdown(deadline: .now + .seconds(5))
    }

    private func append(to source: SourceID, through pool: PostgresPool) async throws {
        let appender = EventAppender(pool: pool, activity: LogActivity(), logger: TestDatabase.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await appender.run() }
            let receipt = try await appender.append(.pivotal(source, id: "a"))
            #expect(receipt.outcome == .inserted)
            group.cancelAll()
        }
    }

    @Test(arguments: [
        "DELETE FROM hooklog.event", "UPDATE hooklog.event SET type = 'x'", "TRUNCATE hooklog.event",
        "INSERT INTO hooklog.delivery SELECT d.* FROM hooklog.delivery AS d", "DELETE FROM hooklog.delivery",
        "UPDATE hooklog.log_head SET floor_position = 0", "DELETE FROM hooklog.source_secret",
        "INSERT INTO hooklog.event SELECT e.* FROM hooklog.event AS e",
    ])
    func serviceRoleCannotWriteTheLog(_ sql: String) async throws {
        let log = try LogDatabase.required()
        let pool = servicePool(log)
        let error = await #expect(throws: PostgresError.self) {
            try await pool.query(PostgresStatement(name: "forbidden", sql: sql))
        }
        #expect(error?.code == .insufficientPrivilege)
        await pool.shutdown(deadline: .now + .seconds(5))
    }
}
