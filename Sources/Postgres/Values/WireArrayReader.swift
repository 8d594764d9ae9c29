/// Walks through a one-dimensional array in PostgreSQL's binary format.
struct WireArrayReader {
    private let cell: PostgresCell
    private var rest: ArraySlice<UInt8>
    private var element = PostgresType.unspecified
    /// The number of elements.
    private(set) var count = 0

    init(_ cell: PostgresCell) throws(PostgresError) {
        self.cell = cell
        rest = try cell.requireBytes()
        let dimensions = try readInteger()
        guard (0...1).contains(dimensions) else { throw cell.mismatch("is not a one-dimensional array") }
        _ = try readInteger()
        element = PostgresType(rawValue: UInt32(bitPattern: try readInteger()))
        if dimensions == 1 {
            count = Int(try readInteger())
            _ = try readInteger()
        }
        guard count >= 0, count <= rest.count else { throw cell.mismatch("is not an array") }
    }

    /// The next element, as a cell that shares the buffer.
    mutating func next() throws(PostgresError) -> PostgresCell {
        let length = Int(try readInteger())
        guard length >= 0 else { return PostgresCell(type: element, bytes: nil, column: cell.column) }
        guard length <= rest.count else { throw cell.mismatch("is not an array") }
        let bytes = rest.prefix(length)
        rest = rest.dropFirst(length)
        return PostgresCell(type: element, bytes: bytes, column: cell.column)
    }

    private mutating func readInteger() throws(PostgresError) -> Int32 {
        guard rest.count >= 4 else { throw cell.mismatch("is not an array") }
        defer { rest = rest.dropFirst(4) }
        return rest.withUnsafeBytes { Int32(bigEndian: $0.loadUnaligned(as: Int32.self)) }
    }
}
