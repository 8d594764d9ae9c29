import EventLog
import Foundation
import Postgres
import PostgresTesting
import Projections
import Testing

/// What a user's SELECT cannot do.
@Suite(.timeLimit(.minutes(10)))
struct HostileSelectTests {
    /// What a rollback does not undo.
    private static let smuggled = "PERFORM nextval('public.smuggled'); PERFORM 1"

    /// Texts that PostgreSQL and a reader of its own may read differently, each with a statement in it.
    private static let smugglers = [
        "SELECT 1 AS a$q$) AS c LIMIT 0; \(smuggled) FROM (SELECT 1 AS b$q$",
        "SELECT 1 AS a /* /* */ ' */) AS c LIMIT 0; \(smuggled) FROM (SELECT 1 AS b --'",
        #"SELECT date'2026-01-01\' AS a) AS c LIMIT 0; "# + smuggled + " FROM (SELECT 1 AS b --' AS a",
        "SELECT 1 AS a) AS c; \(smuggled) FROM (SELECT 1 AS b", "SELECT 1 AS a; SELECT nextval('public.smuggled')",
        "SELECT document AS a; SELECT nextval('public.smuggled')", "SELECT 1 AS a; END; BEGIN \(smuggled)",
        "WITH x AS (DELETE FROM hooklog.event RETURNING 1) SELECT 1 AS a", "SELECT 1 AS a INTO public.stolen",
        "TRUNCATE hooklog.event", "COPY (SELECT 1) TO PROGRAM 'false'", "SELECT 1 AS a FROM hooklog.event FOR UPDATE",
    ]

    private static let sequence = "CREATE SEQUENCE public.smuggled; GRANT ALL ON SEQUENCE public.smuggled TO PUBLIC"

    @Test(arguments: smugglers) func nothingIsSmuggledIn(select: String) async throws {
        try await ProjectionHarness.run { harness in
            try await harness.withSuperuser { try await $0.connection.script(Self.sequence) }
            // Even with a migrating role that may do everything.
            let error = await #expect(throws: ProjectionError.self) {
                try await harness.withSuperuser { _ = try await $0.register("smuggler", select) }
            }
            #expect(error?.code == .definitionRefused, "\(error?.description ?? "")")
            #expect(try await harness.rows("SELECT is_called FROM public.smuggled") == ["false"])
            #expect(try await harness.generation() == 1)
        }
    }

    /// The words that the engine's templates have for what is filled in.
    @Test func placeholdersInTheTextAreText() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register(
                "words",
                """
                SELECT '<select>' AS "<columns>", '<page>' AS "<select>", $$<projection>$$ AS "<projection>",
                    '<assignments>' AS "<table>" /* <late_function> */
                """
            )
            try await harness.append([RefusedEventTests.contact(1, "1"), RefusedEventTests.contact(6, "2")])
            let generation = try await harness.generation()
            try await harness.project(.first, "words", generation, limit: 1)
            #expect(
                try await harness.rows(
                    #"SELECT "<columns>", "<select>", "<projection>", "<table>" FROM projection.words"#
                ) == ["<select>|<page>|<projection>|<assignments>"]
            )
        }
    }

    @Test(arguments: [
        ("SELECT pg_sleep(1000)::text AS a", "pg_sleep"),
        ("SELECT 1 AS a FROM pg_sleep(1000)", "pg_sleep"),
        ("SELECT pg_try_advisory_lock(hooklog.command_flag(1)) AS a", "pg_try_advisory_lock"),
        ("SELECT set_config('role', 'postgres', false) AS a", "set_config"),
        ("SELECT random() AS a", "random"),
        ("SELECT query_to_xml('SELECT 1', true, true, '')::text AS a", "query_to_xml"),
        ("SELECT pg_notify('hooklog', '')::text AS a", "pg_notify"),
        ("SELECT count(*) AS a FROM hooklog.event TABLESAMPLE system (50)", "system"),
        ("SELECT count(*) AS a FROM pg_catalog.pg_locks", "pg_lock_status"),
        ("SELECT now() AS a", "now"), ("SELECT current_timestamp AS a", "current_timestamp"),
        ("SELECT current_date - (document ->> 'born')::date AS a", "current_date"),
        ("SELECT current_setting('role') AS a", "current_setting"),
        ("SELECT document ->> 'a' || public.hidden(1) AS a", "public.hidden"),
        ("SELECT 1 OPERATOR(public.<~>) 2 AS a", "public.hidden"),
        ("SELECT public.hidden_sum(x) AS a FROM generate_series(1, 2) AS x", "public.hidden"),
        ("SELECT n AS a FROM public.hidden_view", "public.hidden"),
        ("SELECT public.hidden_sql() AS a", "public.hidden"),
        ("SELECT 1::public.hidden_domain AS a", "public.hidden"),
    ])
    func functionThatIsNotOfTheDocumentAloneIsRefused(select: String, name: String) async throws {
        try await ProjectionHarness.run { harness in
            try await harness.withSuperuser { try await $0.connection.script(Self.hidden) }
            let error = await #expect(throws: ProjectionError.self) { try await harness.register("caller", select) }
            #expect(error?.code == .definitionRefused)
            #expect(error?.description.contains("may not call \(name)") == true, "\(error?.description ?? "")")
        }
    }

    /// A volatile function, and places where it hides.
    private static let hidden = """
        CREATE FUNCTION public.hidden(n integer) RETURNS integer LANGUAGE plpgsql VOLATILE AS 'BEGIN RETURN 1; END';
        CREATE FUNCTION public.hidden(n integer, m integer) RETURNS integer LANGUAGE plpgsql VOLATILE
            AS 'BEGIN RETURN 1; END';
        CREATE OPERATOR public.<~> (LEFTARG = integer, RIGHTARG = integer, FUNCTION = public.hidden);
        CREATE AGGREGATE public.hidden_sum (integer) (SFUNC = public.hidden, STYPE = integer, INITCOND = '0');
        CREATE VIEW public.hidden_view AS SELECT public.hidden(1) AS n;
        CREATE FUNCTION public.hidden_sql() RETURNS integer LANGUAGE sql IMMUTABLE RETURN public.hidden(1);
        CREATE DOMAIN public.hidden_domain AS integer CHECK (public.hidden(value) > 0);
        GRANT SELECT ON public.hidden_view TO PUBLIC;
        """

    @Test func whatOnlyComputesIsNot() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register(
                "sums",
                """
                SELECT
                    (document ->> 'n')::integer + sum(x.value) OVER () AS n, date_trunc('day', '2026-01-02'::timestamptz) AS d,
                    format('%s-%s', system, to_char(1.5, '0.0')) AS f, concat_ws(',', 'a', 1) AS c,
                    array_agg(x.value) OVER () AS list, pg_typeof(document)::text AS kind
                FROM jsonb_array_elements_text('[1]') AS v (value)
                CROSS JOIN LATERAL (SELECT v.value::integer AS value) AS x
                """
            )
            try await harness.append([RefusedEventTests.contact(1, "1")])
            try await harness.project(.first, "sums", try await harness.generation())
            #expect(try await harness.rows("SELECT n, f, kind FROM projection.sums") == ["2|pivotal- 1.5|jsonb"])
        }
    }

    @Test func roleOfProjectionsMakesNothingAndOwnsOnlySelects() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("plain", "SELECT 1 AS a")
            try await harness.register("each", "SELECT 1 AS a", kind: .event)
            #expect(
                try await harness.rows(
                    """
                    SELECT n.nspname FROM pg_namespace AS n
                    WHERE n.nspname LIKE ANY (ARRAY['hooklog%', 'projection'])
                        AND has_schema_privilege('hooklog_projection', n.oid, 'CREATE')
                    """
                ) == []
            )
            #expect(
                try await harness.rows(
                    "SELECT relname FROM pg_class WHERE relowner = 'hooklog_projection'::regrole"
                ) == []
            )
            let owned = try await harness.rows(
                """
                SELECT regexp_replace(proname, '\\d+$', '') AS name, prosecdef, provolatile, prosqlbody IS NOT NULL AS is_read
                FROM pg_proc WHERE proowner = 'hooklog_projection'::regrole ORDER BY 1
                """
            )
            #expect(owned == ["select_each_|true|s|true", "select_plain_|true|s|true"])
            #expect(
                try await harness.rows(
                    "SELECT proname FROM pg_proc WHERE pronamespace = 'projection'::regnamespace AND proacl::text LIKE '%{=%'"
                ) == []
            )
        }
    }

    @Test func rowsWithoutEndStopAtTheSecond() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.register("many", "SELECT generate_series(1, 1000000000) AS a")
            try await harness.register("none", "SELECT 1 AS a WHERE false")
            try await harness.append([RefusedEventTests.contact(1, "1")])
            for name in ["many", "none"] {
                let generation = try await harness.number(
                    "SELECT generation FROM hooklog.projection_generation WHERE projection = '\(name)'"
                )
                try await harness.project(.first, name, generation)
                #expect(
                    try await harness.rows(
                        "SELECT position, reason, sqlstate FROM hooklog.dead_letter WHERE projection = '\(name)'"
                    ) == ["1|refused_by_projection|21000"]
                )
            }
        }
    }

    @Test func rebuildReadsAnOldDefinitionAnew() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.withSuperuser { try await $0.connection.script(Self.sequence) }
            try await harness.register("old", "SELECT 1 AS a")
            let update = """
                UPDATE hooklog.projection_generation
                SET definition = jsonb_set(definition, '{tables,0,select}', to_jsonb($1::text)) WHERE projection = 'old'
                """
            for select in Self.smugglers {
                _ = try await harness.connection.query(
                    PostgresStatement(name: "update", sql: update),
                    [.text(select)]
                )
                await #expect(throws: PostgresError.self) {
                    try await harness.number("SELECT hooklog.start_rebuild('old')")
                }
            }
            #expect(try await harness.rows("SELECT is_called FROM public.smuggled") == ["false"])
        }
    }

    @Test func mistakeIsReportedWithFileAndLine() async throws {
        let cases = [
            ("SELECT\n    hooklog.text(document, 'a') AS a,\n    nothing AS b", 6),
            ("SELECT 1 AS a;\nDROP TABLE b", 0), ("INSERT INTO a VALUES (1)", 4), ("SELECT 1) AS c", 4),
            ("SELECT (1 AS a\n", 4), ("SELECT 'a AS b", 4), ("SELECT 1 AS a /* what", 4),
            ("SELECT\n $x$ a $y$ AS b", 5), ("SELECT\n\n hooklog.nothing(document) AS b", 6),
        ]
        try await ProjectionHarness.run { harness in
            for (select, line) in cases {
                let definition = try UserFile.definition("wrong", "\n" + select)
                let error = await #expect(throws: ProjectionError.self) {
                    try await ProjectionRegistry(connection: harness.connection)
                        .register([definition], builtIn: false)
                }
                #expect(error?.code == .definitionRefused, "\(select)")
                #expect(error?.line ?? 0 == line, "\(select): \(error?.description ?? "")")
            }
        }
    }

    @Test(arguments: [
        "SELECT 1 AS a;", "SELECT 1 AS a; -- the end", "SELECT 1 AS a -- why;\n;", "SELECT ';' AS a ; /* ; /* */ */ ; ",
        "/* before */ SELECT 1 AS a", "SELECT 'it''s; (' AS a", "SELECT $$;)$$ AS a", "SELECT 1 /* ; ( */ AS a",
        "SELECT E'\\';(' AS a", "WITH x AS (SELECT 1 AS a) SELECT * FROM x", "select 1 AS a", "VALUES (1)",
        "(SELECT 1 AS a)", "SELECT $t$ $$ ; $t$ AS a", "SELECT 1 -- ; (\nAS a",
    ])
    func commentsAndSemicolonsAreFine(select: String) async throws {
        try await ProjectionHarness.run { harness in
            let definition = try UserFile.definition("fine", select)
            let registry = ProjectionRegistry(connection: harness.connection)
            _ = try await registry.register([definition], builtIn: false)
            #expect(try await registry.verify([definition]) == [definition.name: .current])
            try await harness.append([RefusedEventTests.contact(1, "1"), RefusedEventTests.contact(6, "1")])
            let outcome = try await harness.project(.first, "fine", try await harness.generation(), limit: 1)
            #expect(outcome == "caught_up")
        }
    }
}
