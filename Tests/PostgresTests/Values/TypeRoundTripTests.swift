import Foundation
import Postgres
import PostgresTesting
import Testing

/// Every type goes to the server and comes back, and the server agrees on what it saw.
@Suite(.database, .timeLimit(.minutes(10)))
struct TypeRoundTripTests {
    /// Sends each value and expects it back, with the server's text for it as the second column.
    private func expectRoundTrip<Value: PostgresDecodable & Equatable & Sendable>(
        _ type: String,
        _ cases: [(Value?, String?)],
        _ parameter: (Value?) -> PostgresParameter,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let statement = PostgresStatement(
            name: "round_trip",
            sql: "SELECT $1::\(type) AS value, $1::\(type)::text AS text"
        )
        try await TestDatabase.withConnection { connection in
            for (value, text) in cases {
                let result = try await connection.query(statement, [parameter(value)])
                let row = try #require(result.first)
                #expect(try row["value", as: Value?.self] == value, sourceLocation: sourceLocation)
                #expect(try row["text", as: String?.self] == text, sourceLocation: sourceLocation)
            }
        }
    }

    @Test func booleans() async throws {
        try await expectRoundTrip("bool", [(true, "true"), (false, "false"), (nil, nil)], PostgresParameter.bool)
    }

    @Test func integers() async throws {
        try await expectRoundTrip(
            "int4",
            [(Int32.min, "-2147483648"), (.max, "2147483647"), (nil, nil)],
            PostgresParameter.int4
        )
        try await expectRoundTrip(
            "int8",
            [(Int64.min, "-9223372036854775808"), (.max, "9223372036854775807"), (-1, "-1"), (nil, nil)],
            PostgresParameter.int8
        )
    }

    @Test func floatingPointNumbers() async throws {
        try await expectRoundTrip(
            "float8",
            [
                (0.1, "0.1"), (-1e308, "-1e+308"), (.infinity, "Infinity"), (-.infinity, "-Infinity"),
                (.leastNonzeroMagnitude, "5e-324"), (nil, nil),
            ],
            PostgresParameter.float8
        )
    }

    @Test func notANumber() async throws {
        try await TestDatabase.withConnection { connection in
            let statement = PostgresStatement(name: "nan", sql: "SELECT $1, 0.5::real")
            let row = try #require(try await connection.query(statement, [.float8(.nan)]).first)
            #expect(try row[0, as: Double.self].isNaN)
            #expect(try row[1, as: Double.self] == 0.5)
        }
    }

    @Test func texts() async throws {
        let long = String(repeating: "ä", count: 100_000)
        try await expectRoundTrip(
            "text",
            [("", ""), ("żółw 🐢 'quoted' \\ \n", "żółw 🐢 'quoted' \\ \n"), (long, long), (nil, nil)],
            PostgresParameter.text
        )
    }

    @Test func bytes() async throws {
        let all = (0...255).map { UInt8($0) }
        try await expectRoundTrip(
            "bytea",
            [
                ([], "\\x"), ([0, 255], "\\x00ff"), (all, "\\x" + all.map { String(format: "%02x", $0) }.joined()),
                (nil, nil),
            ],
            PostgresParameter.bytea
        )
    }

    @Test func identifiers() async throws {
        let uuid = try #require(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
        try await expectRoundTrip(
            "uuid",
            [(uuid, "00112233-4455-6677-8899-aabbccddeeff"), (nil, nil)],
            PostgresParameter.uuid
        )
    }

    @Test func timestamps() async throws {
        let moments: [(PostgresTimestamp?, String?)] = [
            (PostgresTimestamp(microsecondsSince1970: 0), "1970-01-01 00:00:00+00"),
            (PostgresTimestamp(microsecondsSince1970: 1_795_262_400_123_456), "2026-11-21 12:00:00.123456+00"),
            (PostgresTimestamp(microsecondsSince1970: -1), "1969-12-31 23:59:59.999999+00"),
            (PostgresTimestamp(microsecondsSince1970: -62_135_596_800_000_000), "0001-01-01 00:00:00+00"),
            (.infinity, "infinity"), (.negativeInfinity, "-infinity"), (nil, nil),
        ]
        try await expectRoundTrip("timestamptz", moments, PostgresParameter.timestamptz)
    }

    @Test func documents() async throws {
        try await expectRoundTrip(
            "jsonb",
            [(#"{"a": [1, null, "ü"]}"#, #"{"a": [1, null, "ü"]}"#), ("null", "null"), (nil, nil)],
            { PostgresParameter.jsonb($0 as String?) }
        )
        try await expectRoundTrip(
            "json",
            [(#"{ "a":1}"#, #"{ "a":1}"#), (nil, nil)],
            PostgresParameter.json
        )
    }

    @Test func arrays() async throws {
        try await expectRoundTrip(
            "text[]",
            [([], "{}"), (["a", nil, "", "x\"y"], #"{a,NULL,"","x\"y"}"#), (nil, nil)] as [([String?]?, String?)],
            PostgresParameter.textArray
        )
        try await expectRoundTrip(
            "int8[]",
            [([], "{}"), ([.min, nil, .max], "{-9223372036854775808,NULL,9223372036854775807}"), (nil, nil)]
                as [([Int64?]?, String?)],
            PostgresParameter.int8Array
        )
        try await expectRoundTrip(
            "bool[]",
            [([true, nil, false], "{t,NULL,f}"), ([nil], "{NULL}")] as [([Bool?]?, String?)],
            PostgresParameter.boolArray
        )
    }

    @Test func arraysOfLongerElements() async throws {
        try await expectRoundTrip(
            "bytea[]",
            [([[], nil, [0, 1]], #"{"\\x",NULL,"\\x0001"}"#), ([], "{}")] as [([[UInt8]?]?, String?)],
            PostgresParameter.byteaArray
        )
        let moment = PostgresTimestamp(microsecondsSince1970: 0)
        try await expectRoundTrip(
            "timestamptz[]",
            [([moment, nil, .infinity], #"{"1970-01-01 00:00:00+00",NULL,infinity}"#)]
                as [([PostgresTimestamp?]?, String?)],
            PostgresParameter.timestamptzArray
        )
        try await expectRoundTrip(
            "jsonb[]",
            [([#"{"a": 1}"#, nil, "3"], #"{"{\"a\": 1}",NULL,3}"#)] as [([String?]?, String?)],
            PostgresParameter.jsonbArray
        )
    }

    @Test func untypedNullIsInferred() async throws {
        try await TestDatabase.withConnection { connection in
            let statement = PostgresStatement(name: "null", sql: "SELECT $1::int4 IS NULL, $2::text[] IS NULL")
            let row = try #require(try await connection.query(statement, [.null, .null]).first)
            #expect(try row[0, as: Bool.self])
            #expect(try row[1, as: Bool.self])
        }
    }

    @Test func enumsAndNamesReadAsText() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { connection in
            try await connection.script("CREATE TYPE mood AS ENUM ('calm', 'wild')")
            let statement = PostgresStatement(
                name: "enum",
                sql: "SELECT 'wild'::mood, current_database(), 'x'::varchar(3)"
            )
            let row = try #require(try await connection.query(statement).first)
            #expect(try row[0, as: String.self] == "wild")
            #expect(try row[1, as: String.self] == database.name)
            #expect(try row[2, as: String.self] == "x")
        }
    }
}
