import EventLog
import Postgres
import PostgresTesting
import Testing

@testable import HTTPServer

/// The receiver over PostgreSQL.
@Suite(.database, .timeLimit(.minutes(10)))
struct ReceiverIntegrationTests {
    private static func event(_ id: String, _ name: String = "Acme") -> [UInt8] {
        let text = """
            {"id":"\(id)","type":"customer.created","created_at":"2026-05-26T18:42:00.000Z","org_id":"org_1",
            "livemode":true,"api_version":"v1","data":{"object":{"id":"cus_1","name":"\(name)"}}}
            """
        return Array(text.utf8)
    }

    @Test func acceptedDeliveryIsInTheLogByteForByte() async throws {
        try await LogFixture.with { fixture in
            let answer = try await fixture.deliver(Self.event("evt_1"), id: "msg_1")
            #expect(answer.status == 202)
            #expect(answer.body == "{\"position\":1,\"status\":\"accepted\"}\n")
            let row = try await fixture.row(
                """
                SELECT body, event_id, type, headers ->> 'svix-id', headers ? 'content-length'
                FROM hooklog.event WHERE position = 1
                """
            )
            #expect(try row.decode(0, as: [UInt8].self) == Self.event("evt_1"))
            #expect(try row.decode(1, as: String.self) == "evt_1")
            #expect(try row.decode(2, as: String.self) == "customer.created")
            #expect(try row.decode(3, as: String.self) == "msg_1")
            #expect(try row.decode(4, as: Bool.self) == false)
        }
    }

    @Test func repeatedDeliveriesAreToldFromNewOnes() async throws {
        try await LogFixture.with { fixture in
            let answers = [
                try await fixture.deliver(Self.event("evt_1"), id: "msg_1"),
                try await fixture.deliver(Self.event("evt_1"), id: "msg_1"),
                try await fixture.deliver(Self.event("evt_1", "Other"), id: "msg_1"),
                try await fixture.deliver(Self.event("evt_2"), id: "msg_2"),
            ]
            #expect(answers.map(\.status) == [202, 202, 202, 202])
            #expect(
                answers.map(\.body) == [
                    "{\"position\":1,\"status\":\"accepted\"}\n", "{\"position\":1,\"status\":\"duplicate\"}\n",
                    "{\"position\":1,\"status\":\"conflict\"}\n", "{\"position\":2,\"status\":\"accepted\"}\n",
                ]
            )
        }
    }

    @Test func manyAtOnceAreNumberedWithoutHoles() async throws {
        try await LogFixture.with { fixture in
            let positions = try await withThrowingTaskGroup(of: String?.self) { group in
                for index in 1...200 {
                    group.addTask {
                        try await fixture.deliver(Self.event("evt_\(index)"), id: "msg_\(index)")
                            .headers["hooklog-position"]
                    }
                }
                return try await group.reduce(into: []) { $0.append($1.flatMap { Int($0) } ?? 0) }
            }
            #expect(positions.sorted() == Array(1...200))
        }
    }

    @Test func refusedDeliveryIsRecordedAndNotInTheLedger() async throws {
        try await LogFixture.with { fixture in
            let answer = try await Answer.post(
                "/webhooks/\(fixture.source)",
                headers: [("svix-id", "msg_1")],
                body: Self.event("evt_1"),
                to: fixture.server
            )
            #expect(answer.status == 401)
            await fixture.recorder.flush()
            let row = try await fixture.row(
                """
                SELECT (SELECT count(*) FROM hooklog.delivery), (SELECT count(*) FROM hooklog.event),
                    reason, size, 'svix-id' = ANY (header_names)
                FROM hooklog.rejected_delivery
                """
            )
            #expect(try row.decode(0, as: Int64.self) == 0)
            #expect(try row.decode(1, as: Int64.self) == 0)
            #expect(try row.decode(2, as: String.self) == "missing_header")
            #expect(try row.decode(3, as: Int64.self) == Int64(Self.event("evt_1").count))
            #expect(try row.decode(4, as: Bool.self))
        }
    }

    @Test func disabledSourceIsNotFound() async throws {
        try await LogFixture.with { fixture in
            try await fixture.store.disable(fixture.source)
            let answer = try await fixture.deliver(Self.event("evt_1"), id: "msg_1")
            #expect(answer.status == 404)
            #expect(answer.body == HTTPFailure.notFound.body)
        }
    }

    @Test func nothingIsAcknowledgedWhileTheDatabaseIsAwayAndTheRetryIsStoredOnce() async throws {
        try await LogFixture.with { fixture in
            let first = try await fixture.deliver(Self.event("evt_1"), id: "msg_1")
            #expect(first.status == 202)
            let name = fixture.database.name
            let cut = """
                ALTER DATABASE \(name) ALLOW_CONNECTIONS false;
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)';
                """
            try await TestDatabase.administer(fixture.database, cut)
            let away = try await fixture.deliver(Self.event("evt_2"), id: "msg_2")
            #expect(away.status == 503)
            #expect(away.headers["retry-after"] != nil)
            try await TestDatabase.administer(fixture.database, "ALTER DATABASE \(name) ALLOW_CONNECTIONS true")
            var retried = try await fixture.deliver(Self.event("evt_2"), id: "msg_2")
            while retried.status == 503 {
                retried = try await fixture.deliver(Self.event("evt_2"), id: "msg_2")
            }
            #expect(retried.headers["hooklog-position"] == "2")
        }
    }
}

extension TestDatabase {
    /// Runs SQL on the cluster's own database.
    fileprivate static func administer(_ database: TestDatabase, _ sql: String) async throws {
        let configuration = PostgresConfiguration(connectionString: database.cluster.connectionString())
        let connection = try await PostgresConnection.connect(configuration, logger: logger)
        try await connection.script(sql)
        await connection.close()
    }
}
