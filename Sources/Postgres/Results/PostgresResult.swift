/// What a statement returned: a value of its own, independent of the connection.
///
/// All cells lie in one buffer. A cell's end offset is kept shifted by one bit, which marks NULL.
package struct PostgresResult: Sendable {
    /// The columns, in the order of the statement.
    package let columns: [PostgresColumn]
    /// The number of rows returned.
    package let rowCount: Int
    let buffer: [UInt8]
    let ends: [Int]
    /// The server's tag, such as `INSERT 0 3`.
    package let commandTag: String
    /// The warnings that came with the statement; anything below WARNING is dropped.
    package internal(set) var warnings: [PostgresNotice] = []

    /// The rows, in the server's order.
    package var rows: PostgresRows { PostgresRows(result: self) }

    /// The first row, if any.
    package var first: PostgresRow? { rows.first }

    /// The index of a column; throws `decoding` when there is none of that name.
    package func index(of column: String) throws(PostgresError) -> Int {
        guard let index = columns.firstIndex(where: { $0.name == column }) else {
            throw PostgresError(.decoding, serverMessage: "there is no column \(column)")
        }
        return index
    }

    /// The bytes of a cell in the result's own buffer, not copied; nil is NULL.
    func bytes(row: Int, column: Int) -> ArraySlice<UInt8>? {
        let cell = row * columns.count + column
        let end = ends[cell]
        guard end & 1 == 0 else { return nil }
        let start = cell == 0 ? 0 : ends[cell - 1] >> 1
        return buffer[start..<end >> 1]
    }
}

extension PostgresResult: CustomStringConvertible, CustomReflectable {
    /// The tag and the size; never the values.
    package var description: String { "PostgresResult(\(commandTag), \(rowCount) rows)" }

    /// Empty, so that nothing that prints by reflection shows the values.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
