import Connectors
import EventLog
import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct AppendTests {
    @Test func eventHasTheNextPosition() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let receipts = try await log.withAppender { appender in
            var receipts: [AppendReceipt] = []
            for number in 1...3 { receipts.append(try await appender.append(.pivotal(source, id: "evt_\(number)"))) }
            return receipts
        }
        #expect(receipts.map(\.position.rawValue) == [1, 2, 3])
        #expect(receipts.allSatisfy { $0.outcome == .inserted })
        #expect(
            try await log.column("SELECT event_id FROM hooklog.event ORDER BY position") == ["evt_1", "evt_2", "evt_3"]
        )
    }

    @Test func fieldsComeFromTheEnvelope() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace(), 77)
        let delivery = VerifiedWebhook.pivotal(source, id: "evt_1", extra: #","livemode":false"#)
        _ = try await log.withAppender { try await $0.append(delivery) }
        let columns = """
            concat_ws('|', workspace_id, source_id, system, type, entity_type, entity_id, event_id, livemode, size,
                occurred_at = '2026-01-01T00:00:00Z', encode(body_sha256, 'hex') = encode(sha256(body), 'hex'))
            """
        let row: String = try await log.value("SELECT \(columns) FROM hooklog.event")
        #expect(row == "1|77|pivotal|customer.updated|customer|cus_1|evt_1|f|\(delivery.body.count)|t|t")
        #expect(try await log.value("SELECT body FROM hooklog.event") == delivery.body)
    }

    @Test func positionsAreGaplessAcrossAppenders() async throws {
        let log = try LogDatabase.required()
        let workspaces = [try await log.workspace("one"), try await log.workspace("two")]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for process in 0..<3 {
                group.addTask {
                    try await log.withAppender(
                        EventAppenderConfiguration {
                            $0.workers = 2
                            $0.batchCount = 16
                        }
                    ) { appender in
                        try await withThrowingTaskGroup(of: Void.self) { callers in
                            for caller in 0..<64 {
                                callers.addTask {
                                    for number in 0..<4 {
                                        let source = SourceID.sample(workspaces[caller % 2], Int64(process + 1))
                                        _ = try await appender.append(.pivotal(source, id: "\(caller)-\(number)"))
                                    }
                                }
                            }
                            try await callers.waitForAll()
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        for workspace in workspaces {
            let summary: String = try await log.value(
                """
                SELECT concat_ws('|', count(*), min(position), max(position), count(DISTINCT position))
                FROM hooklog.event WHERE workspace_id = \(workspace)
                """
            )
            #expect(summary == "384|1|384|384")
        }
        #expect(try await log.value("SELECT count(*) FROM hooklog.delivery", as: Int64.self) == 768)
        let decreasing: Int64 = try await log.value(
            """
            SELECT count(*) FROM (SELECT received_at < lag(received_at) OVER (PARTITION BY workspace_id ORDER BY position)
                AS is_earlier FROM hooklog.event) AS x WHERE x.is_earlier
            """
        )
        #expect(decreasing == 0, "received_at decreased with the position")
    }

    @Test func readerAtAPositionHasSeenEveryEventBefore() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await log.withAppender(EventAppenderConfiguration { $0.batchCount = 4 }) { appender in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                group.addTask {
                    try await withThrowingTaskGroup(of: Void.self) { callers in
                        for caller in 0..<32 {
                            callers.addTask {
                                for number in 0..<10 {
                                    let id = "\(caller)-\(number)"
                                    _ = try await appender.append(.pivotal(.sample(workspace), id: id))
                                }
                            }
                        }
                        try await callers.waitForAll()
                    }
                    return true
                }
                group.addTask {
                    var head: Int64 = 0
                    while head < 320 {
                        head = try await log.value("SELECT coalesce(max(position), 0) FROM hooklog.event")
                        let count: Int64 = try await log.value(
                            "SELECT count(*) FROM hooklog.event WHERE position <= \(head)"
                        )
                        guard count == head else { return false }
                    }
                    return true
                }
                for try await isSound in group { #expect(isSound) }
            }
        }
    }

    @Test func unknownWorkspaceIsTold() async throws {
        let log = try LogDatabase.required()
        let error = await #expect(throws: EventLogError.self) {
            try await log.withAppender { try await $0.append(.pivotal(.sample(WorkspaceID(rawValue: 404)), id: "a")) }
        }
        #expect(error?.code == .unknownWorkspace)
        #expect(error?.retryAfter == nil)
    }

    @Test func receivedTimeNeverDecreases() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let future = "date_trunc('month', now()) + interval '2 months 3 days'"
        try await log.script("UPDATE hooklog.log_head SET floor_received_at = \(future)")
        let receipt = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "a")) }
        #expect(receipt.position.rawValue == 1)
        #expect(try await log.value("SELECT received_at >= \(future) FROM hooklog.event", as: Bool.self))
        try await log.script("UPDATE hooklog.log_head SET floor_received_at = '-infinity'")
        _ = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "b")) }
        #expect(try await log.value("SELECT count(DISTINCT received_at) FROM hooklog.event", as: Int64.self) == 1)
    }

    @Test(arguments: [
        ("2026-03-04T05:06:07Z", true), ("2026-03-04T05:06:07.123456+02:00", true), ("2024-02-29T00:00:00Z", true),
        ("infinity", false), ("-infinity", false), ("now", false), ("today", false), ("01/02/2026", false),
        ("2026-02-30T00:00:00Z", false), ("2026-03-04", false), ("", false), ("9999-01-01T00:00:00Z", false),
        ("10000-01-01T00:00:00Z", false), ("2026-03-04T25:00:00Z", false), ("4713-01-01 BC", false),
    ])
    func occurredTimeIsRFC3339OrTheReceivedOne(text: String, isTaken: Bool) async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        _ = try await log.withAppender {
            try await $0.append(.pivotal(.sample(workspace), id: "a", createdAt: text))
        }
        let isReceived: Bool = try await log.value("SELECT occurred_at = received_at FROM hooklog.event")
        #expect(isReceived == !isTaken)
    }

    @Test(arguments: [(-10.0, true), (60, true), (290, true), (310, false), (86_400, false)])
    func occurredTimeMayBeFiveMinutesAhead(seconds: Double, isTaken: Bool) async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let text = Date(timeIntervalSinceNow: seconds).formatted(.iso8601)
        _ = try await log.withAppender {
            try await $0.append(.pivotal(.sample(workspace), id: "a", createdAt: text))
        }
        let isReceived: Bool = try await log.value("SELECT occurred_at = received_at FROM hooklog.event")
        #expect(isReceived == !isTaken)
    }

    @Test(arguments: [
        ("7", "body:/n", "7"), (#""42""#, "body:/n", "42"), ("-3", "body:/n", "-3"),
        ("9223372036854775807", "body:/n", "9223372036854775807"), ("9223372036854775808", "body:/n", "none"),
        ("99999999999999999999999999", "body:/n", "none"), ("1.5", "body:/n", "none"), ("true", "body:/n", "none"),
        (#""7 ""#, "body:/n", "none"), ("null", "body:/n", "none"), ("7", "body:/m", "none"), ("7", "header:x-n", "12"),
    ])
    func sequenceIsAWholeNumberWhereTheSourceSays(value: String, place: String, expected: String) async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let body = Array(#"{"id":"a","n":\#(value)}"#.utf8)
        for (connector, place) in [(ConnectorName.stripe, place), (.hmac, place), (.hmac, nil)] {
            let delivery = VerifiedWebhook(
                source: SourceID.sample(source.workspace, connector == .hmac ? (place == nil ? 3 : 2) : 1),
                sender: .known(connector),
                deliveryID: nil,
                headers: place.map { #"{"hooklog-sequence-at":"\#($0)","x-n":"12"}"# } ?? "{}",
                body: body
            )
            _ = try await log.withAppender { try await $0.append(delivery) }
        }
        let read: [String] = try await log.column(
            "SELECT coalesce(sequence::text, 'none') FROM hooklog.event ORDER BY position"
        )
        #expect(read == [expected, expected, "none"])
    }

    @Test func absentTimeIsTheReceivedOne() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        _ = try await log.withAppender { try await $0.append(.raw(.sample(workspace), Array(#"{"a":1}"#.utf8))) }
        #expect(try await log.value("SELECT occurred_at = received_at FROM hooklog.event", as: Bool.self))
    }
}
