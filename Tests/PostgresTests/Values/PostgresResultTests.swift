import Testing

@testable import Postgres

/// Results built by hand: offsets, NULLs and tags, without a server.
@Suite struct PostgresResultTests {
    /// Two columns (`a` int2, `b` text) and the rows (1, "xy"), (NULL, ""), (2, NULL).
    private let result = PostgresResult(
        columns: [PostgresColumn(name: "a", type: .int2), PostgresColumn(name: "b", type: .text)],
        rowCount: 3,
        buffer: [0, 1, 0x78, 0x79, 0, 2],
        ends: [2 << 1, 4 << 1, 4 << 1 | 1, 4 << 1, 6 << 1, 6 << 1 | 1],
        commandTag: "SELECT 3"
    )

    @Test func cellsLieBetweenTheirOffsets() throws {
        #expect(try result.rows.map { try $0["a", as: Int?.self] } == [1, nil, 2])
        #expect(try result.rows.map { try $0["b", as: String?.self] } == ["xy", "", nil])
    }

    @Test func rowsAreACollection() throws {
        #expect(result.rows.count == 3)
        #expect(try result.rows.last?["a", as: Int.self] == 2)
        #expect(try result.rows.reversed().first?[0, as: Int.self] == 2)
        #expect(try result.first?[1, as: String.self] == "xy")
    }

    @Test func bytesAreSlicesOfTheBuffer() throws {
        let bytes = try #require(try result.first?.json(1))
        #expect(bytes.startIndex == 2)
        #expect(bytes.endIndex == 4)
        #expect(try result.rows[1].json(0) == nil)
        #expect(try result.rows[1].json(1)?.isEmpty == true)
    }

    @Test func columnsAreFoundByName() throws {
        #expect(try result.index(of: "b") == 1)
        #expect(throws: PostgresError.self) { try result.index(of: "c") }
    }
}
