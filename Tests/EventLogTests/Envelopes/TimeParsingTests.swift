import Postgres
import PostgresTesting
import Testing

/// Which texts an event's time is taken from.
///
/// Whatever is not a time gives none, and never an error.
@Suite(.log, .timeLimit(.minutes(10)))
struct TimeParsingTests {
    @Test(arguments: [
        ("2026-05-26T18:42:00Z", "2026-05-26 18:42:00+00"),
        ("2026-05-26T18:42:00.123Z", "2026-05-26 18:42:00.123+00"),
        ("2026-05-26T18:42:00.123456Z", "2026-05-26 18:42:00.123456+00"),
        ("2026-05-26T18:42:00.1Z", "2026-05-26 18:42:00.1+00"),
        ("2026-05-26t18:42:00z", "2026-05-26 18:42:00+00"),
        ("2026-05-26 18:42:00Z", "2026-05-26 18:42:00+00"),
        ("2026-05-26T20:42:00+02:00", "2026-05-26 18:42:00+00"),
        ("2024-02-29T00:00:00Z", "2024-02-29 00:00:00+00"),
        ("2026-12-31T23:59:60Z", "2027-01-01 00:00:00+00"),
        ("0001-01-01T00:00:00Z", "0001-01-01 00:00:00+00"),
        ("9999-12-28T23:59:59.999999Z", "9999-12-28 23:59:59.999999+00"),
    ])
    func timeIsRead(text: String, expected: String) async throws {
        #expect(try await parse(text) == expected)
    }

    @Test(arguments: [
        "", "now", "infinity", "2026-02-30T00:00:00Z", "2026-02-29T00:00:00.000Z", "2026-13-01T00:00:00Z",
        "2026-00-10T00:00:00Z", "2026-01-00T00:00:00Z", "0000-01-01T00:00:00Z", "2026-05-26T24:00:01Z",
        "2026-05-26T18:60:00Z", "2026-05-26T18:42:61Z", "2026-05-26", "2026-05-26T18:42:00", "26-05-26T18:42:00Z",
        "2026-05-26T18:42:00Zx", " 2026-05-26T18:42:00Z", "2026-05-26T18:42:00.Z", "٢٠٢٦-05-26T18:42:00Z",
        "2026-05-26T18:42:00+99:00", "1779820920",
    ])
    func anythingElseGivesNone(text: String) async throws {
        #expect(try await parse(text) == nil)
    }

    /// The first branch of the function never differs from the others, whatever two digits stand where.
    @Test func everyPairOfDigitsIsReadAsPostgresReadsIt() async throws {
        let log = try LogDatabase.required()
        let differing: Int64 = try await log.value(
            """
            SELECT count(*)
            FROM (VALUES ('20', '-05-26T18:42:00Z'), ('2026-', '-26T18:42:00Z'), ('2026-05-', 'T18:42:00Z'),
                ('2026-05-26T', ':42:00Z'), ('2026-05-26T18:', ':00.000Z'), ('2026-05-26T18:42:', '.000000Z'))
                AS t (before, after)
            CROSS JOIN generate_series(0, 99) AS n
            CROSS JOIN LATERAL (SELECT before || lpad(n::text, 2, '0') || after AS value) AS v
            WHERE hooklog.parse_time(v.value) IS DISTINCT FROM hooklog.try_time(v.value)
                AND v.value NOT LIKE '%T24:42%'
            """
        )
        #expect(differing == 0)
    }

    /// In a database whose collation is ICU's, all digits of Unicode are digits to a regular expression, but not to numeric.
    @Test(arguments: ["١", "٢٠٢٦-٠٥-٢٦T١٨:٤٢:٠٠Z", "٢٠٢٦-٠٥-٢٦ ١٨:٤٢:٠٠Z"])
    func otherDigitsGiveNoneUnderAnyCollation(text: String) async throws {
        let statement = PostgresStatement(
            name: "parse_under_icu",
            sql: """
                SELECT hooklog.parse_time($1 COLLATE "und-x-icu") IS NULL
                """
        )
        let result = try await LogDatabase.required().pool.query(statement, [.text(text)])
        #expect(try #require(result.first).decode(0, as: Bool.self))
    }

    private func parse(_ text: String) async throws -> String? {
        let statement = PostgresStatement(
            name: "parse",
            sql: "SELECT (hooklog.parse_time($1) AT TIME ZONE 'UTC')::text || '+00'"
        )
        let result = try await LogDatabase.required().pool.query(statement, [.text(text)])
        return try #require(result.first).decode(0, as: String?.self)
    }
}
