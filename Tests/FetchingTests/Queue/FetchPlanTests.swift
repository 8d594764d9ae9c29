import EventLog
import Postgres
import PostgresTesting
import Testing

@testable import Connectors
@testable import Fetching

/// How the log is read for thin events.
@Suite(.database, .timeLimit(.minutes(10)))
struct FetchPlanTests {
    private static let rows =
        "SELECT concat_ws(' ', entity_type, entity_id, position, attempts) FROM hooklog.fetch ORDER BY entity_type, entity_id"

    @Test func thinEventsAskForTheirObjects() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.created", "cus_1")
            try await fixture.notify("contact.updated", "con_1")
            try await fixture.notify("org_unit.updated", "12")
            try await fixture.notify("Invoice.finalized", "inv_1")
            #expect(try await fixture.plan() == 4)
            #expect(
                try await fixture.texts(Self.rows)
                    == ["contact con_1 2 0", "customer cus_1 1 0", "invoice inv_1 4 0", "orgunit 12 3 0"]
            )
            #expect(try await fixture.plan() == 0)
        }
    }

    @Test func equalBodiesAreTwoEventsAndOneFetchWhileItWaits() async throws {
        try await FetchFixture.with { fixture in
            #expect(try await fixture.notify("customer.updated", "cus_1") == 1)
            #expect(try await fixture.notify("customer.updated", "cus_1") == 2)
            try await fixture.plan()
            #expect(try await fixture.notify("customer.archived", "cus_1") == 3)
            try await fixture.plan()
            #expect(try await fixture.texts(Self.rows) == ["customer cus_1 3 0"])
        }
    }

    @Test(arguments: [
        ("webhook.tested", "x_1"), ("customer", "a/b"), ("customer.updated", ".."), ("customer.updated", ""),
        ("customer.updated", "cus_é"), ("", "cus_1"), ("customer.updated", "cus_" + String(repeating: "a", count: 197)),
        ("customer.updated", "con_1"), ("orgunit.updated", "012"), ("orgunit.updated", "1000000000000000000"),
        ("invoice.updated", "12"), ("invoice.updated", "inv_1/.."),
    ])
    func whatCannotBeFetchedIsOnlyLogged(_ event: String, _ id: String) async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify(event, id)
            #expect(try await fixture.plan() == 0)
            #expect(try await fixture.value("SELECT count(*) FROM hooklog.event", as: Int64.self) == 1)
        }
    }

    /// A signature covers type and id as one text: every other border between them must be refused, so that nobody can have
    /// objects deleted that never were.
    @Test(arguments: [("customer.updated", "cus_1a2"), ("contact.created", "con_9"), ("org_unit.updated", "120")])
    func deliveryThatIsSplitElsewhereAsksForNothing(_ type: String, _ id: String) async throws {
        try await FetchFixture.with { fixture in
            let text = Array(type + id)
            for border in 1..<text.count where border != type.count {
                try await fixture.notify(String(text[..<border]), String(text[border...]))
            }
            #expect(try await fixture.plan() == 0)
            try await fixture.notify(type, id)
            #expect(try await fixture.plan() == 1)
        }
    }

    @Test func otherSystemsEventsAskForNothing() async throws {
        try await FetchFixture.with { fixture in
            let body = Array(#"{"type":"notification.created","data":{"id":"cus_1"}}"#.utf8)
            _ = try await fixture.append(body, to: fixture.source, connector: .standardWebhooks)
            let whole = Array(#"{"event":"customer.updated","object_id":"cus_1","data":{"id":"cus_1"}}"#.utf8)
            _ = try await fixture.append(whole, to: fixture.source, connector: .piriod)
            #expect(try await fixture.plan() == 0)
        }
    }

    @Test(arguments: [Int32(1), 2, 3, 100])
    func pagesOfAnySizeReadEveryEventOnce(_ pageSize: Int32) async throws {
        try await FetchFixture.with { fixture in
            for number in 1...7 { try await fixture.notify("customer.updated", "cus_\(number % 4)") }
            try await fixture.plan(pageSize: pageSize)
            #expect(
                try await fixture.texts("SELECT entity_id || ' ' || position FROM hooklog.fetch ORDER BY entity_id")
                    == ["cus_0 4", "cus_1 5", "cus_2 6", "cus_3 7"]
            )
            #expect(try await fixture.value("SELECT position FROM hooklog.fetch_checkpoint", as: Int64.self) == 7)
        }
    }

    @Test func whoeverComesSecondReadsNothing() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.plan()
            try await fixture.notify("customer.updated", "cus_2")
            try await fixture.database.withConnection { connection in
                try await connection.script("BEGIN; SELECT FROM hooklog.fetch_checkpoint FOR UPDATE")
                let page = try await fixture.queue.plan(fixture.workspace, maxEvents: 10)
                #expect(page.planned == 0 && !page.hasMore && page.isBusy)
                try await connection.script("COMMIT")
            }
            #expect(try await fixture.plan() == 1)
        }
    }

    @Test func notesAndCheckpointCommitTogether() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.script(
                """
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION $$no$$; END';
                CREATE TRIGGER fail BEFORE UPDATE ON hooklog.fetch_checkpoint FOR EACH ROW EXECUTE FUNCTION fail()
                """
            )
            await #expect(throws: PostgresError.self) { try await fixture.plan() }
            #expect(try await fixture.value("SELECT count(*) FROM hooklog.fetch", as: Int64.self) == 0)
            try await fixture.script("DROP TRIGGER fail ON hooklog.fetch_checkpoint")
            #expect(try await fixture.plan() == 1)
        }
    }

    /// Whoever made the source may have had a clock that is days ahead.
    @Test func sourceFromTheFutureHasItsEventsRead() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.script("UPDATE hooklog.source SET created_at = now() + interval '3 days'")
            try await fixture.notify("customer.updated", "cus_1")
            #expect(try await fixture.queue.pending().first?.isUnread == true)
            #expect(try await fixture.plan() == 1)
            try await fixture.notify("customer.updated", "cus_2")
            #expect(try await fixture.queue.pending().first?.isUnread == true)
            #expect(try await fixture.plan() == 1)
        }
    }

    @Test func workspaceWithoutSuchASourceHasNoCheckpoint() async throws {
        try await FetchFixture.with { fixture in
            let other = try await WorkspaceStore(pool: fixture.pool).create(slug: "other", name: "Other").id
            let page = try await fixture.queue.plan(other, maxEvents: 10)
            #expect(page.planned == 0 && !page.hasMore && !page.isBusy)
            #expect(try await fixture.value("SELECT count(*) FROM hooklog.fetch_checkpoint", as: Int64.self) == 0)
            #expect(try await fixture.queue.pending().map(\.source) == [fixture.source])
        }
    }

    @Test func pendingTellsWhatIsUnreadAndWhatIsDue() async throws {
        try await FetchFixture.with { fixture in
            func pending() async throws -> PendingFetch? { try await fixture.queue.pending().first }
            #expect(try await pending()?.isUnread == true)
            try await fixture.plan()
            #expect(try await pending()?.isUnread == false)
            #expect(try await pending()?.dueIn == nil)
            try await fixture.notify("customer.updated", "cus_1")
            #expect(try await pending()?.isUnread == true)
            try await fixture.plan()
            #expect(try await pending()?.isUnread == false)
            #expect(try await pending()?.dueIn == .zero)
            _ = try await fixture.claim(lease: .seconds(30))
            let due = try #require(try await pending()?.dueIn)
            #expect(due > .seconds(20) && due <= .seconds(30))
            #expect(try await fixture.queue.counts()?.waiting == 1)
            try await fixture.store.disable(fixture.source)
            #expect(try await pending()?.dueIn == nil)
            #expect(try await fixture.queue.counts() == FetchCounts(waiting: 0, failing: 0, age: 0))
        }
    }

    @Test func whatNobodyCanFetchIsNotCountedAsWaiting() async throws {
        try await FetchFixture.with(isConfigured: false) { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            #expect(try await fixture.plan() == 1)
            #expect(try await fixture.queue.counts() == FetchCounts(waiting: 0, failing: 0, age: 0))
            #expect(try await fixture.store.fetchStatus(of: fixture.source).waiting == 1)
        }
    }

    /// Planned on an empty database, as the functions are for a session's whole life.
    @Test func hotStatementsUseTheirIndexes() async throws {
        try await FetchFixture.with(poolSize: 1) { fixture in
            for _ in 0..<6 { try await fixture.plan() }
            try await fixture.script(
                """
                DO $$ BEGIN FOR page IN 1 .. 20 LOOP
                    PERFORM hooklog.append(
                        \(fixture.workspace.rawValue), array_fill(9::bigint, '{500}'),
                        array_fill('pivotal'::text, '{500}'), array_fill(NULL::text, '{500}'),
                        ARRAY(SELECT format('e%s-%s', page, n) FROM generate_series(1, 500) AS n),
                        array_fill('unknown'::text, '{500}'), array_fill(NULL::text, '{500}'),
                        array_fill(NULL::text, '{500}'), array_fill(NULL::timestamptz, '{500}'),
                        array_fill(true, '{500}'), array_fill(NULL::bigint, '{500}'),
                        array_fill('{}'::jsonb, '{500}'),
                        ARRAY(
                            SELECT convert_to(format('{"id":"e%s-%s"}', page, n), 'UTF8')
                            FROM generate_series(1, 500) AS n));
                END LOOP; END $$
                """
            )
            for number in 1...200 { try await fixture.notify("customer.updated", "cus_\(number)") }
            try await fixture.plan()
            _ = try await fixture.texts("SELECT pg_stat_force_next_flush()::text")
            _ = try await fixture.texts("SELECT pg_stat_reset()::text")
            for number in 1...20 {
                _ = try await fixture.complete(try await fixture.claim())
                try await fixture.notify("customer.updated", "cus_\(number)")
                try await fixture.plan()
                _ = try await fixture.queue.pending()
            }
            _ = try await fixture.texts("SELECT pg_stat_force_next_flush()::text")
            let scanned = try await fixture.texts(
                """
                SELECT relname || ' ' || seq_tup_read FROM pg_stat_user_tables
                WHERE (relname LIKE 'event%' OR relname IN ('fetch', 'delivery')) AND seq_tup_read > 0
                """
            )
            #expect(scanned.isEmpty, "sequential scans: \(scanned)")
            let read = try await fixture.value(
                "SELECT sum(idx_tup_fetch)::bigint FROM pg_stat_user_tables WHERE relname LIKE 'event_2%'",
                as: Int64.self
            )
            #expect(20..<(20 * 20) ~= read, "more rows of the log are read than needed: \(read)")
        }
    }
}
