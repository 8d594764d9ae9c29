import EventLog
import Postgres
import Projections
import Testing

/// What an earlier release has made for users' projections is made anew.
@Suite(.timeLimit(.minutes(10)))
struct RenewalTests {
    /// Turns a generation into one of an earlier release: its table and functions are the role's of projections, and hold the
    /// text of the SELECT.
    private func age(_ harness: ProjectionHarness, _ name: String, select: String = "SELECT 1 AS a") async throws {
        let own = "\(name)_\(try await harness.generation())"
        try await harness.withSuperuser { superuser in
            try await superuser.connection.script(
                """
                ALTER TABLE projection.\(own) OWNER TO hooklog_projection;
                DROP FUNCTION projection.select_\(own);
                DROP FUNCTION projection.fold_\(own);
                CREATE FUNCTION projection.fold_\(own)(bigint, bigint, bigint, timestamptz, timestamptz, bigint, bigint[])
                    RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN 0; END';
                ALTER FUNCTION projection.fold_\(own) OWNER TO hooklog_projection;
                """
            )
            _ = try await superuser.connection.query(
                PostgresStatement(
                    name: "age",
                    sql: """
                        UPDATE hooklog.projection_generation
                        SET definition = jsonb_set(definition, '{tables,0,select}', to_jsonb($1::text))
                        WHERE projection = $2
                        """
                ),
                [.text(select), .text(name)]
            )
        }
    }

    private func owned(_ harness: ProjectionHarness) async throws -> [String] {
        try await harness.rows(
            """
            SELECT p.proname AS name FROM pg_proc AS p WHERE p.proowner = 'hooklog_projection'::regrole
            UNION ALL SELECT c.relname FROM pg_class AS c WHERE c.relowner = 'hooklog_projection'::regrole
            """
        )
    }

    @Test func oldFunctionsAndTablesBecomeTheOwners() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("plain", "SELECT 1 AS a")
            try await harness.append([RefusedEventTests.contact(1, "1")])
            let generation = try await harness.generation()
            try await harness.project(.first, "plain", generation)
            try await age(harness, "plain", select: "SELECT 2 AS a")
            let registry = ProjectionRegistry(connection: harness.connection)
            #expect(try await registry.renew() == [])
            #expect(try await owned(harness) == ["select_plain_\(generation)"])
            try await harness.append([RefusedEventTests.contact(2, "2")])
            try await harness.project(.first, "plain", generation)
            #expect(try await harness.rows("SELECT entity_id, a FROM projection.plain ORDER BY 1") == ["c1|1", "c2|2"])
            #expect(try await registry.renew() == [])
        }
    }

    @Test func oldDefinitionThatIsRefusedLosesItsFunctions() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("sly", "SELECT 1 AS a")
            try await harness.append([RefusedEventTests.contact(1, "1")])
            let generation = try await harness.generation()
            try await age(harness, "sly", select: "SELECT 1 AS a FROM pg_sleep(100)")
            let registry = ProjectionRegistry(connection: harness.connection)
            for _ in 1...2 {
                let refusals = try await registry.renew()
                #expect(refusals.map(\.projection) == ["sly"])
                #expect(refusals.first?.reason.contains("may not call pg_sleep") == true)
            }
            #expect(try await owned(harness) == [])
            let error = await #expect(throws: PostgresError.self) { try await harness.step(.first, "sly", generation) }
            #expect(error?.sqlState?.rawValue == "42883")
        }
    }

    @Test func refusalsOfTheLastMigrationAreKept() async throws {
        try await ProjectionHarness.run { harness in
            let registry = ProjectionRegistry(connection: harness.connection)
            let first = ProjectionRefusal(projection: "a", file: "/etc/a.sql", reason: "It is wrong.")
            let second = ProjectionRefusal(projection: "b", file: nil, reason: "It is wrong, too.")
            try await registry.record([second, first])
            #expect(try await registry.refusals() == [first, second])
            try await registry.record([second])
            #expect(try await registry.refusals() == [second])
        }
    }
}
