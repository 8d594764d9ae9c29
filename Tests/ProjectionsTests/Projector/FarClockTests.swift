import EventLog
import Postgres
import PostgresTesting
import Testing

/// PostgreSQL's clock was far ahead once: times in the log never go back, so new events bear that time until it comes.
@Suite(.timeLimit(.minutes(10)))
struct FarClockTests {
    @Test func eventsAreFoldedAfterTheClockWasSetRight() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append([ContactEvent(id: 1, entity: "c", second: 1, values: ["n": 1]).body])
            #expect(try await harness.project() == "caught_up")
            try await harness.withSuperuser { harness in
                try await harness.connection.script(
                    """
                    SET session_replication_role = replica;
                    DO $$ BEGIN EXECUTE format('CREATE TABLE hooklog_data.event_far PARTITION OF hooklog.event '
                        'FOR VALUES FROM (%L) TO (%L)', now() + interval '210 days', now() + interval '230 days'); END $$;
                    UPDATE hooklog.event SET received_at = now() + interval '220 days';
                    UPDATE hooklog.delivery SET received_at = (SELECT e.received_at FROM hooklog.event AS e);
                    UPDATE hooklog.checkpoint SET received_at = (SELECT e.received_at FROM hooklog.event AS e);
                    """
                )
            }
            try await harness.append([ContactEvent(id: 2, entity: "c", second: 2, values: ["n": 2]).body])
            let pending = "SELECT lag FROM hooklog.pending_projections(0, 10) WHERE workspace_id IS NOT NULL"
            #expect(try await harness.rows(pending) == ["1"])
            #expect(try await harness.rows("SELECT hooklog.catch_up(1, 1)") == ["true"])
            #expect(try await harness.rows("SELECT document ->> 'n' FROM hooklog.contact") == ["2"])
        }
    }
}
