import Testing

@testable import Projections

struct VendorColumnsTests {
    private static let table = VendorColumns(
        vendor: "",
        file: "person.sql",
        text: "-- projection: directory\nSELECT\n    a AS name,\n    coalesce(\n        b, c\n    ) AS title\n"
    )

    private func added(_ text: String) throws(ProjectionError) -> String {
        try VendorColumns.added([VendorColumns(vendor: "acme", file: "acme.sql", text: text)], to: Self.table)
    }

    @Test func vendorsOwnColumnStandsBeforeTheUsualOne() throws {
        #expect(
            try added("-- reads: acme/person\nSELECT\n    d AS name\n") == """
                -- projection: directory
                -- reads: acme/person
                SELECT
                    CASE system WHEN 'acme' THEN d ELSE a END AS name,
                    coalesce( b, c ) AS title

                """
        )
    }

    @Test(arguments: ["SELECT\n    d AS nam\n", "SELECT\n    d\n", "SELECT\n    d AS name,\n    e\n"])
    func columnThatIsNoneIsRefusedByItsFile(text: String) {
        let error = #expect(throws: ProjectionError.self) { try added("-- reads: acme/person\n" + text) }
        #expect(error?.file == "acme.sql")
    }
}
