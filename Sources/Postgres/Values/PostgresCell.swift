/// One value of a result in binary form: NULL, or a slice of the result's buffer.
package struct PostgresCell: Sendable {
    /// The type of the column or array element.
    package let type: PostgresType
    /// The binary form; nil is NULL.
    package let bytes: ArraySlice<UInt8>?
    /// The name of the column, for errors.
    package let column: String

    /// The bytes, or an error that names the column when it is NULL.
    func requireBytes() throws(PostgresError) -> ArraySlice<UInt8> {
        guard let bytes else { throw mismatch("is NULL") }
        return bytes
    }

    /// Reads a big-endian integer that fills the cell.
    func integer<Value: FixedWidthInteger>(_: Value.Type) throws(PostgresError) -> Value {
        let bytes = try requireBytes()
        guard bytes.count == MemoryLayout<Value>.size else { throw mismatch("has \(bytes.count) bytes") }
        return bytes.withUnsafeBytes { Value(bigEndian: $0.loadUnaligned(as: Value.self)) }
    }

    /// An error that names the column and its type, never the value.
    func mismatch(_ reason: String) -> PostgresError {
        PostgresError(.decoding, serverMessage: "column \(column) of type \(type.rawValue) \(reason)")
    }
}

extension PostgresCell: CustomStringConvertible, CustomReflectable {
    /// The column and the size; never the value.
    package var description: String { "PostgresCell(\(column), \(bytes?.count ?? 0) bytes)" }

    /// Empty, so that nothing that prints by reflection shows the value.
    package var customMirror: Mirror { Mirror(self, children: []) }
}
