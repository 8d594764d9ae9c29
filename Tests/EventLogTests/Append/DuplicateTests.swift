import Connectors
import EventLog
import PostgresTesting
import Schema
import Seeding
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

    /// Batches of new, known and repeated ids, as a model of the ledger has them.
    @Test(arguments: 1...3 as ClosedRange<UInt64>)
    func anyBatchIsAsItsDeliveriesOneByOne(seed: UInt64) async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace("batches-\(seed)")
        var generator = SeededGenerator(seed: seed)
        var known: [String: (position: Int64, type: String)] = [:]
        var conflicts: Set<[String]> = []
        for batch in 0..<60 {
            let drafts = (0..<Int.random(in: 1...9, using: &generator)).map { place in
                let isNew = Int.random(in: 0..<3, using: &generator) > 0
                let id = isNew ? "\(batch)-\(place)" : "\(Int.random(in: 0...batch, using: &generator))-0"
                return (id: id, type: Int.random(in: 0..<5, using: &generator) == 0 ? "a.b" : "customer.updated")
            }
            let parameters = EventAppender.parameters(
                drafts.map { .pivotal(.sample(workspace), id: $0.id, type: $0.type) },
                workspace: workspace
            )
            let rows = try await log.pool.query(SQLLibrary.call("append", parameters.count), parameters).rows
            let told = try rows.map { row in
                "\(try row.decode("outcome", as: String.self)) \(try row.decode("position", as: Int64.self))"
            }
            let expected = drafts.map { draft in
                guard let first = known[draft.id] else {
                    known[draft.id] = (Int64(known.count + 1), draft.type)
                    return "inserted \(known.count)"
                }
                guard first.type != draft.type else { return "duplicate \(first.position)" }
                conflicts.insert([draft.id, draft.type])
                return "conflict \(first.position)"
            }
            #expect(told == expected)
        }
        let kept: [Int64] = try await log.column(
            """
            SELECT count(*) FROM hooklog.event AS e
            JOIN hooklog.delivery AS d USING (workspace_id, source_id, event_id, position, received_at, body_sha256)
            WHERE e.workspace_id = \(workspace.rawValue) AND e.body_sha256 = sha256(e.body)
            UNION ALL SELECT count(*) FROM hooklog.event WHERE workspace_id = \(workspace.rawValue)
            UNION ALL SELECT count(*) FROM hooklog.delivery WHERE workspace_id = \(workspace.rawValue)
            UNION ALL SELECT count(*) FROM hooklog.delivery_conflict WHERE workspace_id = \(workspace.rawValue)
            """
        )
        #expect(kept == [known.count, known.count, known.count, conflicts.count].map(Int64.init))
        #expect(!conflicts.isEmpty)
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
