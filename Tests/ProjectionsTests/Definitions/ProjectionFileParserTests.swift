import Testing

@testable import Projections

/// The format of projection files.
struct ProjectionFileParserTests {
    private static let head = "-- projection: health\n-- reads: pivotal/customer\n"

    private static let mistakes: [(text: String, line: Int)] = [
        ("-- reads: pivotal/customer\nSELECT 1 AS a", 1),
        ("-- projection: health\nSELECT 1 AS a", 1),
        ("-- projection: health\n-- projection: health\n-- reads: a/b\nSELECT 1 AS a", 2),
        ("-- projection: Health\n-- reads: a/b\nSELECT 1 AS a", 1),
        (head + "-- kind: table\nSELECT 1 AS a", 3),
        (head + "-- kind: entity\n-- kind: entity\nSELECT 1 AS a", 4),
        ("-- projection: health\n-- reads: customer\nSELECT 1 AS a", 2),
        ("-- projection: health\n-- reads: a/b,\nSELECT 1 AS a", 2),
        ("-- projection: health\n-- reads: a/'; DROP\nSELECT 1 AS a", 2),
        (head + "-- index: name\nSELECT 1 AS a", 3),
        (head + "-- index: (lower(name))\nSELECT 1 AS a", 3),
        (head + "-- index: (a); DROP TABLE b (c)\nSELECT 1 AS a", 3),
        (head + "-- index: ()\nSELECT 1 AS a", 3),
        (head + "-- index: (a) WHERE a IS NULL\nSELECT 1 AS a", 3),
        (head + "-- index: (a) WHERE a <> 'b' OR true\nSELECT 1 AS a", 3),
        (head + "-- index: (a) WHERE a <> ''\nSELECT 1 AS a", 3),
        (head + "-- index: (a) WHERE a <> 'b'; DROP TABLE c; --'\nSELECT 1 AS a", 3),
        (head + "-- index: (a) WHERE a <> \nSELECT 1 AS a", 3),
        (head + "-- index: (a) WHERE a > 1 AND b IS NOT NULL\nSELECT 1 AS a", 3),
        (head + "-- index: (a) WHERE a IS NOT NULL WHERE b IS NOT NULL\nSELECT 1 AS a", 3),
        (head, 4),
        (head + " ;\n;", 3),
    ]

    private func parse(
        _ text: String,
        table: String = "health"
    ) throws(ProjectionError) -> (projection: ProjectionName, table: ProjectionTable) {
        try ProjectionFileParser.parse(text, file: "health.sql", tableName: table)
    }

    @Test func readsEveryLineOfTheHeader() throws {
        let parsed = try parse(
            """
            -- projection: health
            -- What each customer's health is.
            -- kind: event            (one row per event)
            -- reads: pivotal/customer, stripe/*
            -- reads: pivotal/contact
            -- index: (workspace_id, score DESC)
            -- index: ( name )
            -- index: (score, name) WHERE name IS NOT NULL
            -- index: (name) WHERE system <> 'pivotal'
            --
            -- Second line: with a colon.

            SELECT
                1 AS score -- why
            ;
            """
        )
        #expect(parsed.projection == ProjectionName(rawValue: "health"))
        #expect(parsed.table.kind == .event)
        #expect(
            parsed.table.reads == [
                .init(system: "pivotal", entityType: "customer"), .init(system: "stripe", entityType: "*"),
                .init(system: "pivotal", entityType: "contact"),
            ]
        )
        #expect(
            parsed.table.indexes == [
                "(workspace_id, score DESC)", "(name)", "(score, name) WHERE name IS NOT NULL",
                "(name) WHERE system <> 'pivotal'",
            ]
        )
        #expect(parsed.table.comment == "What each customer's health is. Second line: with a colon.")
        #expect(parsed.table.select == "SELECT\n    1 AS score -- why")
    }

    @Test func kindIsEntityUnlessSaid() throws {
        #expect(try parse(Self.head + "SELECT 1 AS a").table.kind == .entity)
    }

    @Test(arguments: mistakes)
    func mistakeIsReportedWithItsLine(text: String, line: Int) throws {
        let error = #expect(throws: ProjectionError.self) { _ = try parse(text) }
        #expect(error?.code == .invalidFile)
        #expect(error?.line == line, "\(error?.description ?? "")")
        #expect(error?.description.hasPrefix("health.sql:\(line) does not hold a projection: ") == true)
    }

    @Test(arguments: [
        "SELECT ';' AS a", "SELECT 1 AS a; SELECT 2", "DROP TABLE b", "SELECT 1) AS c", "SELECT 'a AS b",
    ])
    func whatItSaysIsForPostgreSQLToRead(select: String) throws {
        #expect(try parse("-- projection: health\n-- reads: a/b\n\(select) ;\n ;").table.select.hasSuffix(select))
    }

    @Test func placeOfTheSelectIsKept() throws {
        let place = try parse(Self.head + "-- More.\n\nSELECT 1 AS a").table.place
        #expect(place == ProjectionTable.Place(file: "health.sql", line: 5))
    }

    @Test(arguments: ["a", "health_score", "h2o", "av1x", String(repeating: "a", count: 41)])
    func nameIsAccepted(name: String) {
        #expect(ProjectionFileParser.isName(name))
    }

    @Test(arguments: [
        "", "1a", "_a", "A", "é", "a-b", "a.b", "a_", "a_1", "a_v1", "health_12", String(repeating: "a", count: 42),
    ])
    func nameIsRefused(name: String) throws {
        #expect(!ProjectionFileParser.isName(name))
        let error = #expect(throws: ProjectionError.self) { _ = try parse(Self.head + "SELECT 1 AS a", table: name) }
        #expect(error?.code == .invalidFile)
    }
}
