import Postgres
import Projections
import Testing

/// The indexes that a projection's file asks for.
@Suite(.timeLimit(.minutes(10)))
struct IndexTests {
    private func register(_ harness: ProjectionHarness, _ indexes: [String]) async throws {
        let table = ProjectionTable(
            name: "book",
            kind: .entity,
            reads: [.init(system: "pivotal", entityType: "contact")],
            select: "SELECT hooklog.integer(document, 'n') AS n",
            indexes: indexes
        )
        let definition = try ProjectionDefinition(name: ProjectionName(rawValue: "shelf"), tables: [table])
        _ = try await ProjectionRegistry(connection: harness.connection).register([definition], builtIn: false)
    }

    @Test func indexMayBeOfSomeRowsOnly() async throws {
        try await ProjectionHarness.run { harness in
            try await register(
                harness,
                [
                    "(workspace_id, n DESC)", "(workspace_id, n) WHERE n IS NOT NULL",
                    "(workspace_id, n) WHERE system <> 'pivotal'",
                ]
            )
            let definitions = try await harness.rows(
                """
                SELECT regexp_replace(indexdef, '^.* USING btree ', '') FROM pg_indexes
                WHERE schemaname = 'projection' AND indexname LIKE 'book%idx%' ORDER BY indexname
                """
            )
            #expect(
                definitions == [
                    "(workspace_id, n DESC)", "(workspace_id, n) WHERE (n IS NOT NULL)",
                    "(workspace_id, n) WHERE (system <> 'pivotal'::text)",
                ]
            )
        }
    }

    /// The database takes a definition from whoever may migrate, and checks it itself.
    @Test(arguments: [
        "(lower(n))", "(n) WHERE true", "(n) WHERE n IS NULL", "(n) WHERE system <> 'a' OR true", "(n); DROP TABLE x",
        "(n) WHERE system <> 'a''b'", "(n) WHERE system <> ''",
    ])
    func anythingElseIsRefused(index: String) async throws {
        try await ProjectionHarness.run { harness in
            var code: ProjectionError.Code?
            do {
                try await register(harness, [index])
            } catch let error as ProjectionError {
                code = error.code
            }
            #expect(code == .definitionRefused)
            #expect(try await harness.number("SELECT count(*) FROM pg_class WHERE relname LIKE 'book%'") == 0)
        }
    }
}
