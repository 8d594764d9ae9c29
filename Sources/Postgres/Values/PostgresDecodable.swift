import Foundation

/// A type that a cell of a result can be read as.
package protocol PostgresDecodable {
    /// Reads a cell; throws `decoding` when the column has another type or is NULL.
    static func decode(_ cell: PostgresCell) throws(PostgresError) -> Self

    /// Reads an array of this type; the default reads a one-dimensional PostgreSQL array.
    static func decodeArray(_ cell: PostgresCell) throws(PostgresError) -> [Self]
}

extension PostgresDecodable {
    /// Reads a one-dimensional PostgreSQL array.
    package static func decodeArray(_ cell: PostgresCell) throws(PostgresError) -> [Self] {
        var reader = try WireArrayReader(cell)
        var elements: [Self] = []
        elements.reserveCapacity(reader.count)
        for _ in 0..<reader.count {
            elements.append(try decode(try reader.next()))
        }
        return elements
    }
}

extension Optional: PostgresDecodable where Wrapped: PostgresDecodable {
    /// Reads NULL as nil.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> Wrapped? {
        guard cell.bytes != nil else { return nil }
        return try Wrapped.decode(cell)
    }
}

extension Array: PostgresDecodable where Element: PostgresDecodable {
    /// Reads an array; `[UInt8]` reads bytes.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> [Element] {
        try Element.decodeArray(cell)
    }
}

extension UInt8: PostgresDecodable {
    /// Reads a single byte.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> UInt8 {
        try cell.integer(UInt8.self)
    }

    /// Reads `bytea`, or the raw text of a textual column and of `jsonb`.
    package static func decodeArray(_ cell: PostgresCell) throws(PostgresError) -> [UInt8] {
        guard cell.type != .bytea else { return Array(try cell.requireBytes()) }
        return Array(try cell.textBytes())
    }
}

extension Bool: PostgresDecodable {
    /// Reads a `bool`.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> Bool {
        guard cell.type == .bool else { throw cell.mismatch("is not bool") }
        return try cell.integer(UInt8.self) != 0
    }
}

extension Int32: PostgresDecodable {
    /// Reads an `int4` or `int2`.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> Int32 {
        switch cell.type {
        case .int2: return Int32(try cell.integer(Int16.self))
        case .int4: return try cell.integer(Int32.self)
        default: throw cell.mismatch("does not fit int4")
        }
    }
}

extension Int64: PostgresDecodable {
    /// Reads an `int8`, `int4`, `int2` or `oid`.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> Int64 {
        switch cell.type {
        case .int2: return Int64(try cell.integer(Int16.self))
        case .int4: return Int64(try cell.integer(Int32.self))
        case .int8: return try cell.integer(Int64.self)
        case .oid: return Int64(try cell.integer(UInt32.self))
        default: throw cell.mismatch("does not fit int8")
        }
    }
}

extension Int: PostgresDecodable {
    /// Reads an `int8`, `int4`, `int2` or `oid`.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> Int {
        Int(try Int64.decode(cell))
    }
}

extension Double: PostgresDecodable {
    /// Reads a `float8` or `float4`.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> Double {
        switch cell.type {
        case .float8: return Double(bitPattern: try cell.integer(UInt64.self))
        case .float4: return Double(Float(bitPattern: try cell.integer(UInt32.self)))
        default: throw cell.mismatch("is not a floating-point number")
        }
    }
}

extension String: PostgresDecodable {
    /// Reads textual columns, and the text of `jsonb`.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> String {
        String(decoding: try cell.textBytes(), as: UTF8.self)
    }
}

extension PostgresTimestamp: PostgresDecodable {
    /// Reads a `timestamptz`, or a `timestamp` as UTC.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> PostgresTimestamp {
        guard cell.type == .timestamptz || cell.type == .timestamp else { throw cell.mismatch("is not timestamptz") }
        return PostgresTimestamp(wireValue: try cell.integer(Int64.self))
    }
}

extension UUID: PostgresDecodable {
    /// Reads a `uuid`.
    package static func decode(_ cell: PostgresCell) throws(PostgresError) -> UUID {
        let bytes = try cell.requireBytes()
        guard cell.type == .uuid, bytes.count == 16 else { throw cell.mismatch("is not uuid") }
        return bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

extension PostgresCell {
    /// The text of a textual, json or jsonb cell without copying it.
    func textBytes() throws(PostgresError) -> ArraySlice<UInt8> {
        let bytes = try requireBytes()
        if type == .jsonb { return bytes.dropFirst() }
        guard type.isTextual else { throw mismatch("is not text") }
        return bytes
    }
}
