import Testing

/// What must hold of a log whatever happened to it.
enum LogChecks {
    /// Positions are gapless, no event stands twice, and the live tables equal a rebuild from the log.
    static func expectSound(_ hooklog: ServedHooklog, events: Int? = nil) async throws {
        let counts = try await hooklog.query(
            "SELECT max(position), count(*), count(DISTINCT event_id) FROM hooklog.event WHERE workspace_id = 1"
        ).split(separator: "|").map { Int($0) }
        #expect(counts[0] == counts[1])
        #expect(counts[1] == counts[2])
        if let events { #expect(counts[1] == events) }
        try await waitUntilCaughtUp(hooklog)
        let live = try await readModels(hooklog)
        _ = try await hooklog.output(of: "projections", "rebuild", "directory")
        let rebuilt = try await readModels(hooklog)
        #expect(live == rebuilt)
        #expect(!live.isEmpty)
    }

    /// Returns when every checkpoint of an active projection is at its head.
    static func waitUntilCaughtUp(_ hooklog: ServedHooklog) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let behind = try await hooklog.query(
                """
                SELECT count(*) FROM hooklog.projection_generation AS g
                JOIN hooklog.checkpoint AS c USING (projection, generation)
                WHERE g.state = 'active' AND c.position < (
                    SELECT max(e.position) FROM hooklog.event AS e WHERE e.workspace_id = c.workspace_id
                )
                """
            )
            if behind == "0" { return }
        }
        Issue.record("The projections did not catch up within a minute.")
    }

    private static func readModels(_ hooklog: ServedHooklog) async throws -> String {
        try await hooklog.query(
            """
            SELECT md5(string_agg(row_text, E'\\n' ORDER BY row_text)), count(*) FROM (
                SELECT c::text AS row_text FROM hooklog.contact AS c
                UNION ALL SELECT c::text FROM hooklog.customer AS c
                UNION ALL SELECT o::text FROM hooklog.onboarding AS o
                UNION ALL SELECT t::text FROM hooklog.task AS t
                UNION ALL SELECT i::text FROM hooklog.internal_contact AS i
                UNION ALL SELECT a::text FROM hooklog.internal_contact_assignment AS a
                UNION ALL SELECT o::text FROM hooklog.org_unit AS o
                UNION ALL SELECT c::text FROM hooklog.company AS c
                UNION ALL SELECT t::text FROM hooklog.contact_tag AS t
            ) AS every_row
            """
        )
    }
}
