import Postgres
import Projections
import Testing

/// The columns and tables of a built-in projection's next version are there while it is built, for the functions that name them.
@Suite(.timeLimit(.minutes(10)))
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
        let outcome = try await outcome(harness, tables)
        let generation = try await newest(harness)
        #expect(outcome == .building(GenerationID(rawValue: generation)))
        return generation
    }

    private func outcome(
        _ harness: ProjectionHarness,
        _ tables: [ProjectionTable],
        patience: Duration = .seconds(60)
    ) async throws -> RegistrationOutcome? {
        let definition = try ProjectionDefinition(name: Self.name, tables: tables)
        return try await ProjectionRegistry(connection: harness.connection, patience: patience)
            .register([definition], builtIn: true)[Self.name]
    }

    private func newest(_ harness: ProjectionHarness) async throws -> Int64 {
        try await harness.number("SELECT max(generation) FROM hooklog.projection_generation")
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
                let waits = PostgresStatement(
                    name: "waits",
                    sql: "SELECT count(*) FROM pg_locks WHERE relation = 'hooklog.book'::regclass AND NOT granted"
                )
                while try await reader.query(waits).first?.decode(0, as: Int64.self) == 0 { continue }
                try await reader.script("COMMIT")
                _ = try await second
            }
            #expect(try await harness.rows(books) == ["1|-", "2|-"])
        }
    }

    @Test func registrationThatGivesUpIsMadeGoodByTheNextOne() async throws {
        try await ProjectionHarness.run { harness in
            _ = try await begin(harness)
            try await harness.database.withConnection { reader in
                try await reader.script("BEGIN; SELECT count(*) FROM hooklog.book")
                let outcome = try await outcome(harness, wider("m"), patience: .zero)
                #expect(outcome == .unannounced(GenerationID(rawValue: try await newest(harness))))
                // Nothing holds the view on its way, and what is new altogether shows all the same.
                #expect(try await harness.rows("SELECT n FROM hooklog.book ORDER BY 1") == ["1", "2"])
                #expect(try await harness.rows("SELECT m FROM hooklog.leaf") == [])
                try await reader.script("COMMIT")
            }
            _ = try await register(harness, wider("m"))
            #expect(try await harness.rows(books) == ["1|-", "2|-"])
        }
    }

    @Test func registrationThatGivesUpIsMadeGoodByTheProjector() async throws {
        try await ProjectionHarness.run { harness in
            _ = try await begin(harness)
            try await harness.database.withConnection { reader in
                try await reader.script("BEGIN; SELECT count(*) FROM hooklog.book")
                _ = try await outcome(harness, wider("m"), patience: .zero)
                try await reader.script("COMMIT")
            }
            // Left to a command, so that it does not take over.
            _ = try await harness.rows("SELECT hooklog.attend_build('shelf', \(try await newest(harness)), 600)")
            try await ProjectorServiceTests.Process(harness, sweep: .milliseconds(20)).run {
                let columns = "attrelid = 'hooklog.book'::regclass AND attname = 'm'"
                while try await harness.number("SELECT count(*) FROM pg_attribute WHERE \(columns)") == 0 { continue }
            }
            #expect(try await harness.rows(books) == ["1|-", "2|-"])
        }
    }

    @Test func viewThatLacksNothingIsNotMadeAnew() async throws {
        try await ProjectionHarness.run { harness in
            _ = try await begin(harness)
            try await harness.database.withConnection { reader in
                try await reader.script("BEGIN; SELECT count(*) FROM hooklog.book")
                let same = "SELECT hooklog.integer(document, 'n') AS n"
                let tables = [table("book", same), table("leaf", same)]
                let outcome = try await outcome(harness, tables, patience: .zero)
                #expect(outcome == .building(GenerationID(rawValue: try await newest(harness))))
                try await reader.script("COMMIT")
            }
        }
    }
}
