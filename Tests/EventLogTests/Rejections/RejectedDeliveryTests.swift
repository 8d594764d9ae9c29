import Connectors
import EventLog
import Foundation
import Postgres
import PostgresTesting
import ServiceLifecycleTestKit
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct RejectedDeliveryTests {
    @Test func rejectionIsListed() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let recorder = RejectedDeliveryRecorder(pool: log.pool, logger: TestDatabase.logger)
        let hash = [UInt8](repeating: 7, count: 32)
        recorder.record(source: source, reason: "bad_signature", headerNames: ["a", "b"], bodySHA256: hash, size: 12)
        recorder.record(source: source, reason: "too_large", headerNames: [], bodySHA256: nil, size: 99)
        await recorder.flush()
        let report = try await RejectedDeliveryReader(pool: log.pool).list(in: source.workspace)
        #expect(report.counts.map(\.reason) == ["bad_signature", "too_large"])
        #expect(report.counts.allSatisfy { $0.count == 1 && $0.source == source })
        let sample = try #require(report.samples.first { $0.reason == "bad_signature" })
        #expect(sample.headerNames == ["a", "b"])
        #expect(sample.bodySHA256 == hash)
        #expect(sample.size == 12)
        #expect(report.samples.first { $0.reason == "too_large" }?.headerNames == [])
    }

    @Test func countsAddUpOverFlushesAndProcesses() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let recorder = RejectedDeliveryRecorder(pool: log.pool, logger: TestDatabase.logger)
                    for _ in 0..<5 {
                        for _ in 0..<50 {
                            recorder.record(source: source, reason: "bad", headerNames: [], bodySHA256: nil, size: 0)
                        }
                        await recorder.flush()
                    }
                }
            }
            try await group.waitForAll()
        }
        let report = try await RejectedDeliveryReader(pool: log.pool).list(in: source.workspace, limit: 1000)
        #expect(report.counts.map(\.count) == [1000])
        let minutes = Dictionary(grouping: report.samples) { $0.receivedAt.microsecondsSince1970 / 60_000_000 }
        #expect(minutes.values.allSatisfy { $0.count <= 100 })
        #expect(report.samples.count >= 100)
    }

    @Test func oldestSamplesMakeRoom() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        try await log.script(
            """
            INSERT INTO hooklog.rejected_delivery (workspace_id, source_id, received_at, reason, header_names, size)
            SELECT 1, 9, now() - make_interval(mins => i), 'old', '{}', i FROM generate_series(1, 10000) AS i
            """
        )
        let recorder = RejectedDeliveryRecorder(pool: log.pool, logger: TestDatabase.logger)
        for _ in 0..<150 { recorder.record(source: source, reason: "new", headerNames: [], bodySHA256: nil, size: 0) }
        await recorder.flush()
        #expect(try await log.value("SELECT count(*) FROM hooklog.rejected_delivery", as: Int64.self) == 10_000)
        let new: Int64 = try await log.value("SELECT count(*) FROM hooklog.rejected_delivery WHERE reason = 'new'")
        #expect(new >= 100)
        let oldest: Int64 = try await log.value("SELECT max(size) FROM hooklog.rejected_delivery WHERE reason = 'old'")
        #expect(oldest == 10_000 - new)
    }

    @Test func runFlushesEverySecondAndAtTheEnd() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let recorder = RejectedDeliveryRecorder(
            pool: log.pool,
            interval: .milliseconds(50),
            logger: TestDatabase.logger
        )
        let late = RejectedDeliveryRecorder(pool: log.pool, interval: .seconds(3600), logger: TestDatabase.logger)
        let sum = "SELECT coalesce(sum(count), 0)::bigint FROM hooklog.rejected_delivery_count"
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await recorder.run() }
                group.addTask { try await late.run() }
                recorder.record(source: source, reason: "a", headerNames: [], bodySHA256: nil, size: 0)
                try await until { try await log.value(sum, as: Int64.self) == 1 }
                late.record(source: source, reason: "a", headerNames: [], bodySHA256: nil, size: 0)
                trigger.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
        #expect(try await log.value(sum, as: Int64.self) == 2)
    }

    @Test func conflictsAreListedToo() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let body = VerifiedWebhook.pivotal(source, id: "evt", type: "customer.created")
        try await log.withAppender { appender in
            for delivery in [VerifiedWebhook.pivotal(source, id: "evt"), body, body] {
                _ = try await appender.append(delivery)
            }
        }
        let report = try await RejectedDeliveryReader(pool: log.pool).list(in: source.workspace, source: source)
        #expect(report.counts.map(\.reason) == ["conflicting_body"])
        #expect(report.counts.map(\.count) == [1])
        #expect(report.samples.map(\.size) == [Int64(body.body.count)])
    }

    @Test func workspacesDoNotSeeEachOthersRejections() async throws {
        let log = try LogDatabase.required()
        let (first, second) = (try await log.workspace("one"), try await log.workspace("two"))
        let recorder = RejectedDeliveryRecorder(pool: log.pool, logger: TestDatabase.logger)
        for source in [SourceID.sample(first, 1), .sample(first, 2), .sample(second, 1)] {
            recorder.record(source: source, reason: "bad", headerNames: [], bodySHA256: nil, size: 0)
        }
        await recorder.flush()
        let reader = RejectedDeliveryReader(pool: log.pool)
        #expect(try await reader.list(in: second).samples.count == 1)
        #expect(try await reader.list(in: first).counts.count == 2)
        #expect(try await reader.list(in: first, source: .sample(first, 2)).samples.count == 1)
    }

    @Test func flushWhoseEndWasNotSeenIsWrittenOnce() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        // The server ends the session in the middle of the commit.
        try await log.script(
            """
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END $$;
            CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON hooklog.rejected_delivery DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION cut();
            """
        )
        let recorder = RejectedDeliveryRecorder(pool: log.pool, logger: TestDatabase.logger)
        recorder.record(source: source, reason: "bad", headerNames: [], bodySHA256: nil, size: 0)
        await recorder.flush()
        let sum = "SELECT coalesce(sum(count), 0)::bigint FROM hooklog.rejected_delivery_count"
        #expect(try await log.value(sum, as: Int64.self) == 0)
        try await log.script("DROP TRIGGER cut ON hooklog.rejected_delivery")
        for _ in 0..<3 { await recorder.flush() }
        #expect(try await log.value(sum, as: Int64.self) == 1)
    }
}
