import Foundation
import Testing

@testable import Postgres

/// The binary forms, byte for byte, as PostgreSQL's send functions write them.
@Suite struct WireEncodingTests {
    typealias Example = (name: String, parameter: PostgresParameter, type: PostgresType, bytes: [UInt8]?)

    static let scalars: [Example] = [
        ("untyped null", .null, .unspecified, nil),
        ("true", .bool(true), .bool, [1]),
        ("false", .bool(false), .bool, [0]),
        ("null bool", .bool(nil), .bool, nil),
        ("int4", .int4(258), .int4, [0, 0, 1, 2]),
        ("int8", .int8(.min), .int8, [0x80, 0, 0, 0, 0, 0, 0, 0]),
        ("null int8", .int8(nil), .int8, nil),
        ("float8", .float8(1), .float8, [0x3F, 0xF0, 0, 0, 0, 0, 0, 0]),
        ("text", .text("ü"), .text, [0xC3, 0xBC]),
        ("empty text", .text(""), .text, []),
        ("bytea", .bytea([0, 9]), .bytea, [0, 9]),
        ("json", .json("[]"), .json, [0x5B, 0x5D]),
        ("jsonb", .jsonb("[]"), .jsonb, [1, 0x5B, 0x5D]),
        ("jsonb bytes", .jsonb([0x31] as [UInt8]), .jsonb, [1, 0x31]),
        ("null jsonb", .jsonb(nil as String?), .jsonb, nil),
        (
            "timestamptz",
            .timestamptz(PostgresTimestamp(microsecondsSince1970: 946_684_800_000_001)),
            .timestamptz,
            [0, 0, 0, 0, 0, 0, 0, 1]
        ),
    ]

    static let arrays: [Example] = [
        ("empty", .int8Array([]), .int8Array, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20]),
        ("null", .int8Array(nil), .int8Array, nil),
        (
            "texts with a null",
            .textArray(["a", nil]),
            .textArray,
            [0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 25, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0x61, 0xFF, 0xFF, 0xFF, 0xFF]
        ),
        (
            "booleans",
            .boolArray([true]),
            .boolArray,
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1, 1]
        ),
        (
            "jsonb",
            .jsonbArray(["1"]),
            .jsonbArray,
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0x0E, 0xDA, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 1, 0x31]
        ),
        (
            "empty bytes",
            .byteaArray([[]]),
            .byteaArray,
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 17, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0]
        ),
    ]

    @Test(arguments: scalars + arrays)
    func parametersHaveTheirBinaryForm(
        name: String,
        parameter: PostgresParameter,
        type: PostgresType,
        bytes: [UInt8]?
    ) {
        #expect(parameter.type == type, "\(name)")
        #expect(parameter.bytes == bytes, "\(name)")
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
