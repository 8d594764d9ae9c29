/// Walks through a one-dimensional array in PostgreSQL's binary format.
struct WireArrayReader {
    private let cell: PostgresCell
    private var rest: ArraySlice<UInt8>
    private let element: PostgresType
    /// The number of elements.
    let count: Int

    init(_ cell: PostgresCell) throws(PostgresError) {
        self.cell = cell
        var bytes = try cell.requireBytes()
        let dimensions = try Self.readInteger(from: &bytes, of: cell)
        guard (0...1).contains(dimensions) else { throw cell.mismatch("is not a one-dimensional array") }
        _ = try Self.readInteger(from: &bytes, of: cell)
        element = PostgresType(rawValue: UInt32(bitPattern: try Self.readInteger(from: &bytes, of: cell)))
        if dimensions == 0 {
            count = 0
        } else {
            count = Int(try Self.readInteger(from: &bytes, of: cell))
            _ = try Self.readInteger(from: &bytes, of: cell)
        }
        guard count >= 0, count <= bytes.count else { throw cell.mismatch("is not an array") }
        rest = bytes
    }

    /// The next element, as a cell that shares the buffer.
    mutating func next() throws(PostgresError) -> PostgresCell {
        let length = Int(try Self.readInteger(from: &rest, of: cell))
        guard length >= 0 else { return PostgresCell(type: element, bytes: nil, column: cell.column) }
        guard length <= rest.count else { throw cell.mismatch("is not an array") }
        let bytes = rest.prefix(length)
        rest = rest.dropFirst(length)
        return PostgresCell(type: element, bytes: bytes, column: cell.column)
    }

    private static func readInteger(
        from bytes: inout ArraySlice<UInt8>,
        of cell: PostgresCell
    ) throws(PostgresError) -> Int32 {
        guard bytes.count >= 4 else { throw cell.mismatch("is not an array") }
        let value = bytes.withUnsafeBytes { Int32(bigEndian: $0.loadUnaligned(as: Int32.self)) }
        bytes = bytes.dropFirst(4)
        return value
    }
}
