import Foundation
import Testing

@testable import Postgres

/// The binary forms, byte for byte, as PostgreSQL's send functions write them.
@Suite struct WireEncodingTests {
    struct Example: Sendable, CustomTestStringConvertible {
        let name: String
        let parameter: PostgresParameter
        let type: PostgresType
        let bytes: [UInt8]?

        init(_ name: String, _ parameter: PostgresParameter, _ type: PostgresType, _ bytes: [UInt8]?) {
            self.name = name
            self.parameter = parameter
            self.type = type
            self.bytes = bytes
        }

        var testDescription: String { name }
    }

    static let scalars: [Example] = [
        Example("untyped null", .null, .unspecified, nil),
        Example("true", .bool(true), .bool, [1]),
        Example("false", .bool(false), .bool, [0]),
        Example("null bool", .bool(nil), .bool, nil),
        Example("int4", .int4(258), .int4, [0, 0, 1, 2]),
        Example("int8", .int8(.min), .int8, [0x80, 0, 0, 0, 0, 0, 0, 0]),
        Example("null int8", .int8(nil), .int8, nil),
        Example("float8", .float8(1), .float8, [0x3F, 0xF0, 0, 0, 0, 0, 0, 0]),
        Example("text", .text("ü"), .text, [0xC3, 0xBC]),
        Example("empty text", .text(""), .text, []),
        Example("bytea", .bytea([0, 9]), .bytea, [0, 9]),
        Example("json", .json("[]"), .json, [0x5B, 0x5D]),
        Example("jsonb", .jsonb("[]"), .jsonb, [1, 0x5B, 0x5D]),
        Example("jsonb bytes", .jsonb([0x31] as [UInt8]), .jsonb, [1, 0x31]),
        Example("null jsonb", .jsonb(nil as String?), .jsonb, nil),
        Example(
            "timestamptz",
            .timestamptz(PostgresTimestamp(microsecondsSince1970: 946_684_800_000_001)),
            .timestamptz,
            [0, 0, 0, 0, 0, 0, 0, 1]
        ),
    ]

    static let arrays: [Example] = [
        Example("empty", .int8Array([]), .int8Array, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20]),
        Example("null", .int8Array(nil), .int8Array, nil),
        Example(
            "texts with a null",
            .textArray(["a", nil]),
            .textArray,
            [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0x61, 0xFF, 0xFF, 0xFF, 0xFF]
        ),
        Example(
            "booleans",
            .boolArray([true]),
            .boolArray,
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1]
        ),
        Example(
            "jsonb",
            .jsonbArray(["1"]),
            .jsonbArray,
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x0E, 0xDA, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 0x31]
        ),
        Example(
            "empty bytes",
            .byteaArray([[]]),
            .byteaArray,
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]
        ),
    ]

    @Test(arguments: scalars + arrays)
    func parametersHaveTheirBinaryForm(example: Example) {
        #expect(example.parameter.type == example.type)
        #expect(example.parameter.bytes == example.bytes)
    }

    @Test func identifiersKeepTheirByteOrder() throws {
        let uuid = try #require(UUID(uuidString: "00112233-4455-6677-8899-AABBCCDDEEFF"))
        let bytes = PostgresParameter.uuid(uuid).bytes
        #expect(bytes == (0..<16).map { UInt8($0 * 0x11) })
    }

    @Test func arraysReadBackWithoutAServer() throws {
        let values: [Int64?] = [1, nil, -1]
        let bytes = try #require(PostgresParameter.int8Array(values).bytes)
        let cell = PostgresCell(type: .int8Array, bytes: bytes[...], column: "a")
        #expect(try [Int64?].decode(cell) == values)
        #expect(throws: PostgresError.self) { try [Int64].decode(cell) }
        #expect(throws: PostgresError.self) { try [String?].decode(cell) }
    }

    @Test func largeArraysReadBack() throws {
        let values = (0..<10_000).map { "value \($0)" as String? }
        let bytes = try #require(PostgresParameter.textArray(values).bytes)
        let cell = PostgresCell(type: .textArray, bytes: bytes[...], column: "a")
        #expect(try [String?].decode(cell) == values)
    }
}
