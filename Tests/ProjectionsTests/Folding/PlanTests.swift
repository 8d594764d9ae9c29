import Testing

/// Plans that were made on an empty, never analysed database serve a full one.
@Suite(.timeLimit(.minutes(10)))
struct PlanTests {
    @Test func pagesAreReadByPosition() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.project()
            for batch in 0..<20 {
                let events = (1...250).map { ContactEvent(id: batch * 250 + $0, entity: "c\($0)", second: batch) }
                try await harness.append(events.map(\.body))
            }
            try await harness.connection.script("SELECT pg_stat_force_next_flush()")
            let before = try await scans(harness)
            for _ in 0..<10 { try await harness.step(limit: 500) }
            try await harness.connection.script("SELECT pg_stat_force_next_flush()")
            #expect(try await scans(harness) == before)
            #expect(try await harness.number("SELECT count(*) FROM hooklog.contact") == 250)
        }
    }

    /// The sequential scans of the log and of the read models so far.
    private func scans(_ harness: ProjectionHarness) async throws -> [String] {
        try await harness.rows(
            """
            SELECT relname, seq_scan FROM pg_stat_user_tables
            WHERE relname LIKE 'event\\_%' OR relname ~ '_[0-9]+$' ORDER BY relname
            """
        )
    }
}
