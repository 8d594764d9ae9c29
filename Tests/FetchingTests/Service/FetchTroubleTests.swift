import EventLog
import Logging
import Postgres
import PostgresTesting
import Testing

@testable import Fetching

/// The service while the database, the key or another process stands in its way.
@Suite(.database, .timeLimit(.minutes(10)))
struct FetchTroubleTests {
    /// The sessions that looked for thin events in vain since the last event was logged.
    private static let readersSinceTheLastEvent = PostgresStatement(
        name: "readers",
        sql: """
            SELECT FROM pg_stat_activity AS a
            WHERE a.datname = current_database()
                AND a.state = 'idle'
                AND a.query LIKE '%hooklog.plan_fetches(%'
                AND a.query_start > (SELECT max(e.received_at) FROM hooklog.event AS e)
            """
    )

    private static func otherSealer() -> SecretSealer {
        SecretSealer(.generate())
    }

    @Test func failingAPIIsWarnedOfOnce() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            vendor.answerOtherwise(.failure(FetchProblem(.serverError, status: 500)))
            let opened = (1...4).map { vendor.hold("cus_\($0)") }
            let log = RecordedLog()
            try await fixture.withService(over: vendor, logger: log.logger) {
                for number in 1...4 { try await fixture.notify("customer.updated", "cus_\(number)") }
                try await until { vendor.asked.count >= 4 }
                opened.forEach { $0.finish() }
                try await until { vendor.asked.count >= 10 }
            }
            #expect(log.warnings == ["Objects cannot be fetched"])
        }
    }

    /// What was fetched is not thrown away, and the vendor is not asked again, because the database was busy.
    @Test func completionThatFailsIsTriedAgainWithWhatWasFetched() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.script(
                """
                CREATE SEQUENCE public.tries;
                CREATE FUNCTION public.fail() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF nextval('public.tries') <= 2 THEN
                        RAISE EXCEPTION 'not now' USING ERRCODE = '55P03';
                    END IF;
                    RETURN OLD;
                END $$;
                CREATE TRIGGER fail BEFORE DELETE ON hooklog.fetch FOR EACH ROW EXECUTE FUNCTION public.fail()
                """
            )
            let vendor = FakeVendor()
            vendor.has("cus_1", name: "Acme")
            try await fixture.withService(over: vendor) {
                try await fixture.notify("customer.updated", "cus_1")
                try await until { try await fixture.fetched().count == 1 }
            }
            #expect(vendor.asked == ["cus_1"])
            #expect(try await fixture.value("SELECT last_value FROM public.tries", as: Int64.self) == 3)
        }
    }

    /// Whoever may write the database, but has no master key, cannot have the token sent elsewhere.
    @Test func tokenIsSentNowhereElse() async throws {
        try await FetchFixture.with { fixture in
            try await fixture.notify("customer.updated", "cus_1")
            try await fixture.script(
                """
                UPDATE hooklog.source SET settings = jsonb_set(settings, '{fetch,base_url}', '"http://127.0.0.1:10/api"')
                """
            )
            let vendor = FakeVendor()
            try await fixture.withService(over: vendor) {
                try await until {
                    try await fixture.store.fetchStatus(of: fixture.source).problem
                        == FetchProblem(.sealedToken).description
                }
            }
            #expect(vendor.asked.isEmpty)
        }
    }

    @Test func processWithAnotherKeyStopsNobody() async throws {
        try await FetchFixture.with { fixture in
            let (vendor, stranger) = (FakeVendor(), FakeVendor())
            for number in 1...20 { vendor.has("cus_\(number)", name: "n") }
            let log = RecordedLog()
            for number in 1...20 { try await fixture.notify("customer.updated", "cus_\(number)") }
            try await fixture.withService(over: stranger, sealer: Self.otherSealer(), logger: log.logger) {
                try await until { !log.warnings.isEmpty }
                let failures = "SELECT failures FROM hooklog.source_fetch"
                #expect(try await fixture.value(failures, as: Int32.self) == 0)
                try await fixture.withService(over: vendor) {
                    try await until { try await fixture.fetched().count == 20 }
                }
                #expect(try await fixture.value(failures, as: Int32.self) == 0)
            }
            #expect(stranger.asked.isEmpty)
            #expect(log.warnings.count == 1)
        }
    }

    /// The reader that holds the checkpoint has not seen the event, and nobody wakes anybody again.
    @Test func eventThatComesWhileAnotherProcessReadsIsNotLeftToTheSweep() async throws {
        try await FetchFixture.with { fixture in
            let vendor = FakeVendor()
            vendor.has("cus_1", name: "Acme")
            let activity = LogActivity()
            var configuration = FetchConfiguration.quick
            configuration.sweepInterval = .seconds(3600)
            try await fixture.withService(over: vendor, activity: activity, configuration: configuration) {
                try await until {
                    try await fixture.value("SELECT count(*) FROM hooklog.fetch_checkpoint", as: Int64.self) == 1
                }
                try await fixture.database.withConnection { other in
                    _ = try await other.script("BEGIN; SELECT FROM hooklog.fetch_checkpoint FOR UPDATE")
                    try await fixture.notify("customer.created", "cus_1")
                    activity.appended(fixture.workspace)
                    try await fixture.database.withConnection { watcher in
                        try await until { try await watcher.query(Self.readersSinceTheLastEvent).rowCount > 0 }
                    }
                    _ = try await other.script("COMMIT")
                }
                try await until { try await fixture.fetched().count == 1 }
            }
        }
    }
}
