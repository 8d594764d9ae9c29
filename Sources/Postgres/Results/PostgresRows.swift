/// The rows of a result.
package struct PostgresRows: RandomAccessCollection, Sendable {
    let result: PostgresResult

    /// The index of the first row, 0.
    package var startIndex: Int { 0 }
    /// The number of rows.
    package var endIndex: Int { result.rowCount }

    /// The row at an index from 0.
    package subscript(position: Int) -> PostgresRow {
        precondition(indices.contains(position), "row \(position) of \(result.rowCount)")
        return PostgresRow(result: result, position: position)
    }
}
