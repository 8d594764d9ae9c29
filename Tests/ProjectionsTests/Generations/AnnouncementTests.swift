import Postgres
import Projections
import Testing

/// The columns and tables of a built-in projection's next version are there while it is built, for the functions that name them.
@Suite(.timeLimit(.minutes(2)))
struct AnnouncementTests {
    private static let name = ProjectionName(rawValue: "shelf")

    private func table(_ name: String, _ select: String) -> ProjectionTable {
        ProjectionTable(
            name: name,
            kind: .entity,
            reads: [.init(system: "pivotal", entityType: "contact")],
            select: select
        )
    }

    /// Registers a version and returns its generation.
    private func register(_ harness: ProjectionHarness, _ tables: [ProjectionTable]) async throws -> Int64 {
        let definition = try ProjectionDefinition(name: Self.name, tables: tables)
        let outcome = try await ProjectionRegistry(connection: harness.connection).register([definition], builtIn: true)
        let generation = try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
        #expect(outcome[Self.name] == .building(GenerationID(rawValue: generation)))
        return generation
    }

    private func activate(_ harness: ProjectionHarness, _ generation: Int64) async throws {
        try await harness.project(.first, "shelf", generation)
        _ = try await harness.number("SELECT hooklog.pause_generation('shelf')")
        let activated = try await harness.rows("SELECT hooklog.activate_generation('shelf', \(generation))")
        #expect(activated == ["true"])
    }

    /// A first version that has read two events.
    private func begin(_ harness: ProjectionHarness) async throws -> Int64 {
        let first = try await register(harness, [table("book", "SELECT hooklog.integer(document, 'n') AS n")])
        try await harness.append([RefusedEventTests.contact(1, "1"), RefusedEventTests.contact(2, "2")])
        try await harness.project(.first, "shelf", first)
        return first
    }

    private func wider(_ column: String) -> [ProjectionTable] {
        let select = "SELECT hooklog.integer(document, 'n') AS n, hooklog.text(document, 'id') AS \(column)"
        return [table("book", select), table("leaf", "SELECT hooklog.text(document, 'id') AS m")]
    }

    private let books = "SELECT n, m FROM hooklog.book ORDER BY 1"

    @Test func nextColumnsAreNullAndNextTablesEmptyUntilTheyTakeOver() async throws {
        try await ProjectionHarness.run { harness in
            let first = try await begin(harness)
            let second = try await register(harness, wider("m"))
            #expect(try await harness.rows(books) == ["1|-", "2|-"])
            #expect(try await harness.rows("SELECT m FROM hooklog.leaf") == [])
            try await harness.append([RefusedEventTests.contact(3, "3")])
            try await harness.project(.first, "shelf", first)
            #expect(try await harness.rows(books) == ["1|-", "2|-", "3|-"])
            try await activate(harness, second)
            let ids = try await harness.rows("SELECT m FROM hooklog.leaf ORDER BY 1")
            #expect(ids.count == 3)
            #expect(try await harness.rows(books) == zip(["1", "2", "3"], ids).map { "\($0)|\($1)" })
            #expect(try await harness.rows("SELECT hooklog.drop_generation('shelf', \(first))") == ["true"])
            #expect(try await harness.rows(books).count == 3)
        }
    }

    @Test func buildThatIsSupersededTakesItsEmptyTablesAlong() async throws {
        try await ProjectionHarness.run { harness in
            _ = try await begin(harness)
            _ = try await register(harness, wider("m"))
            let third = try await register(harness, Array(wider("m").prefix(1)) + [table("page", "SELECT 1 AS one")])
            #expect(try await harness.rows(books) == ["1|-", "2|-"])
            #expect(try await harness.rows("SELECT to_regclass('hooklog.leaf') IS NULL") == ["true"])
            try await activate(harness, third)
            #expect(try await harness.rows("SELECT DISTINCT one FROM hooklog.page") == ["1"])
        }
    }

    @Test func columnThatChangesItsTypeIsLeftAlone() async throws {
        try await ProjectionHarness.run { harness in
            _ = try await begin(harness)
            let second = try await register(harness, [table("book", "SELECT hooklog.text(document, 'n') AS n, 1 AS m")])
            #expect(try await harness.rows("SELECT n FROM hooklog.book ORDER BY 1") == ["1", "2"])
            try await activate(harness, second)
            #expect(try await harness.rows("SELECT m FROM hooklog.book_v\(second)") == ["1", "1"])
        }
    }

    @Test func readerOfAViewOnlyDelaysTheRegistration() async throws {
        try await ProjectionHarness.run { harness in
            _ = try await begin(harness)
            try await harness.database.withConnection { reader in
                try await reader.script("BEGIN; SELECT count(*) FROM hooklog.book")
                async let second = register(harness, wider("m"))
                try await reader.script("SELECT pg_sleep(0.3); COMMIT")
                _ = try await second
            }
            #expect(try await harness.rows(books) == ["1|-", "2|-"])
        }
    }
}
