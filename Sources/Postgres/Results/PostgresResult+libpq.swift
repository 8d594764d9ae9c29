import CLibpq

extension PostgresResult {
    /// Copies everything out of a libpq result, which stays the caller's to clear.
    init(copying result: OpaquePointer) {
        let columnCount = PQnfields(result)
        let rowCount = PQntuples(result)
        let columns = (0..<columnCount).map { column in
            PostgresColumn(
                name: PQfname(result, column).map { String(cString: $0) } ?? "",
                type: PostgresType(rawValue: PQftype(result, column))
            )
        }
        let ends = Self.cellEnds(of: result, rows: rowCount, columns: columnCount)
        self.init(
            columns: columns,
            rowCount: Int(rowCount),
            buffer: Self.cellBytes(of: result, rows: rowCount, columns: columnCount, ends: ends),
            ends: ends,
            commandTag: PQcmdStatus(result).map { String(cString: $0) } ?? ""
        )
    }

    private static func cellEnds(of result: OpaquePointer, rows: Int32, columns: Int32) -> [Int] {
        var ends: [Int] = []
        ends.reserveCapacity(Int(rows) * Int(columns))
        var end = 0
        for row in 0..<rows {
            for column in 0..<columns {
                end += Int(PQgetlength(result, row, column))
                ends.append(end << 1 | Int(PQgetisnull(result, row, column)))
            }
        }
        return ends
    }

    private static func cellBytes(of result: OpaquePointer, rows: Int32, columns: Int32, ends: [Int]) -> [UInt8] {
        let size = (ends.last ?? 0) >> 1
        // Without bytes the array's storage is one that all empty arrays share, and the initializer writes to it.
        guard size > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            for row in 0..<rows {
                for column in 0..<columns {
                    let length = Int(PQgetlength(result, row, column))
                    guard length > 0, let value = PQgetvalue(result, row, column) else { continue }
                    let source = UnsafeRawBufferPointer(start: value, count: length)
                    let target = UnsafeMutableRawBufferPointer(
                        rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...]
                    )
                    target.copyMemory(from: source)
                    initialized += length
                }
            }
        }
    }
}
