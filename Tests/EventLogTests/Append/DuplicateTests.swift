import Connectors
import EventLog
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct DuplicateTests {
    @Test func secondDeliveryIsADuplicate() async throws {
        let log = try LogDatabase.required()
        let delivery = VerifiedWebhook.pivotal(.sample(try await log.workspace()), id: "evt")
        let receipts = try await log.withAppender { [try await $0.append(delivery), try await $0.append(delivery)] }
        #expect(receipts.map(\.outcome) == [.inserted, .duplicate])
        #expect(receipts.map(\.position.rawValue) == [1, 1])
        #expect(try await log.value("SELECT count(*) FROM hooklog.event", as: Int64.self) == 1)
    }

    @Test func hundredAtOnceAreOneEvent() async throws {
        let log = try LogDatabase.required()
        let delivery = VerifiedWebhook.pivotal(.sample(try await log.workspace()), id: "evt")
        let receipts = try await withThrowingTaskGroup(of: [AppendReceipt].self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try await log.withAppender { appender in
                        try await withThrowingTaskGroup(of: AppendReceipt.self) { callers in
                            for _ in 0..<50 { callers.addTask { try await appender.append(delivery) } }
                            return try await callers.reduce(into: []) { $0.append($1) }
                        }
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(receipts.count { $0.outcome == .inserted } == 1)
        #expect(receipts.count { $0.outcome == .duplicate } == 99)
        #expect(Set(receipts.map(\.position.rawValue)) == [1])
        #expect(try await log.value("SELECT count(*) FROM hooklog.event", as: Int64.self) == 1)
    }

    @Test func otherBodyUnderAKnownIDIsAConflict() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let first = VerifiedWebhook.pivotal(source, id: "evt")
        let second = VerifiedWebhook.pivotal(source, id: "evt", type: "customer.created")
        let receipts = try await log.withAppender { appender in
            var receipts: [AppendReceipt] = []
            for delivery in [first, second, second, first] { receipts.append(try await appender.append(delivery)) }
            return receipts
        }
        #expect(receipts.map(\.outcome) == [.inserted, .conflict, .conflict, .duplicate])
        #expect(try await log.value("SELECT body FROM hooklog.event") == first.body)
        #expect(try await log.column("SELECT body FROM hooklog.delivery_conflict") == [second.body])
    }

    @Test func sameIDWithinABatchIsFoundOut() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let outcomes: [String] = try await log.column(
            """
            SELECT outcome FROM hooklog.append(1, ARRAY[\(source.number), 1, 1, 1], ARRAY['pivotal', 'pivotal', 'pivotal',
                'pivotal'], array_fill(NULL::text, '{4}'), ARRAY['a', 'a', 'a', 'b'], array_fill(NULL::text, '{4}'),
                array_fill(NULL::text, '{4}'), array_fill(NULL::text, '{4}'), array_fill(NULL::timestamptz, '{4}'),
                array_fill(true, '{4}'), array_fill(NULL::bigint, '{4}'), array_fill('{}'::jsonb, '{4}'),
                ARRAY['{"id":"a"}', '{"id":"a"}', '{"id":"a","x":1}', '{"id":"b"}']::bytea[]) ORDER BY ordinal
            """
        )
        #expect(outcomes == ["inserted", "duplicate", "conflict", "inserted"])
        #expect(try await log.column("SELECT position FROM hooklog.event ORDER BY position") == [1, 2] as [Int64])
    }

    @Test func unsignedDeliveryIDDoesNotMakeANewEvent() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let outcomes = try await log.withAppender { appender in
            var outcomes: [AppendReceipt.Outcome] = []
            for id in ["1", "2"] {
                let delivery = VerifiedWebhook(
                    source: source,
                    sender: .known(.github),
                    deliveryID: nil,
                    headers: #"{"x-github-event":"push","x-github-delivery":"\#(id)"}"#,
                    body: Array("{}".utf8)
                )
                outcomes.append(try await appender.append(delivery).outcome)
            }
            return outcomes
        }
        #expect(outcomes == [.inserted, .duplicate])
        #expect(try await log.value("SELECT event_id LIKE 'sha256:%' FROM hooklog.event", as: Bool.self))
    }

    @Test func signedDeliveryIDIsTheEventsID() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let receipts = try await log.withAppender { appender in
            [
                try await appender.append(.raw(source, Array("{}".utf8), deliveryID: "msg_1")).outcome,
                try await appender.append(.raw(source, Array("{}".utf8), deliveryID: "msg_2")).outcome,
                try await appender.append(.raw(source, Array("{}".utf8), deliveryID: "msg_1")).outcome,
            ]
        }
        #expect(receipts == [.inserted, .inserted, .duplicate])
    }

    @Test func sourcesAndWorkspacesHaveTheirOwnIDs() async throws {
        let log = try LogDatabase.required()
        let (first, second) = (try await log.workspace("one"), try await log.workspace("two"))
        let sources = [SourceID.sample(first, 1), .sample(first, 2), .sample(second, 1)]
        let receipts = try await log.withAppender { appender in
            var receipts: [AppendReceipt] = []
            for source in sources { receipts.append(try await appender.append(.pivotal(source, id: "evt"))) }
            return receipts
        }
        #expect(receipts.allSatisfy { $0.outcome == .inserted })
        #expect(receipts.map(\.position.rawValue) == [1, 2, 1])
    }
}
