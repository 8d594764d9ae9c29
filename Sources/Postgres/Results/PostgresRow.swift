/// One row of a result.
package struct PostgresRow: Sendable {
    let result: PostgresResult
    let position: Int

    /// The value in a column by index; throws `decoding` when it has another type or is NULL.
    package subscript<Value: PostgresDecodable>(column: Int, as type: Value.Type = Value.self) -> Value {
        get throws(PostgresError) { try Value.decode(try cell(column)) }
    }

    /// The value in a column by name; throws `decoding` when there is none, it has another type or is NULL.
    package subscript<Value: PostgresDecodable>(column: String, as type: Value.Type = Value.self) -> Value {
        get throws(PostgresError) { try Value.decode(try cell(try result.index(of: column))) }
    }

    /// The value in a column by name; throws `decoding` when there is none, it has another type or is NULL.
    package func decode<Value: PostgresDecodable>(
        _ column: String,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        try self[column, as: type]
    }

    /// The value in a column by index; throws `decoding` when it has another type or is NULL.
    package func decode<Value: PostgresDecodable>(
        _ column: Int,
        as type: Value.Type = Value.self
    ) throws(PostgresError) -> Value {
        try self[column, as: type]
    }

    /// The text of a textual, json or jsonb cell in UTF-8, sharing the result's buffer; nil is NULL.
    package func json(_ column: Int) throws(PostgresError) -> ArraySlice<UInt8>? {
        let cell = try cell(column)
        return cell.bytes == nil ? nil : try cell.textBytes()
    }

    private func cell(_ column: Int) throws(PostgresError) -> PostgresCell {
        guard result.columns.indices.contains(column) else {
            throw PostgresError(.decoding, serverMessage: "there is no column number \(column)")
        }
        let description = result.columns[column]
        return PostgresCell(
            type: description.type,
            bytes: result.bytes(row: position, column: column),
            column: description.name
        )
    }
}
