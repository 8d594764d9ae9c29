import Foundation
import Testing

@testable import Postgres

@Suite struct DecodingTests {
    private func cell(_ type: PostgresType, _ bytes: [UInt8]?) -> PostgresCell {
        PostgresCell(type: type, bytes: bytes.map { $0[...] }, column: "amount")
    }

    @Test func nullNeedsAnOptional() throws {
        #expect(try Int64?.decode(cell(.int8, nil)) == nil)
        #expect(throws: PostgresError.self) { try Int64.decode(cell(.int8, nil)) }
    }

    @Test func narrowIntegersWiden() throws {
        #expect(try Int64.decode(cell(.int2, [0xFF, 0xFE])) == -2)
        #expect(try Int.decode(cell(.int4, [0, 0, 1, 0])) == 256)
        #expect(try Int32.decode(cell(.int2, [0, 7])) == 7)
    }

    @Test func otherTypesAreRefusedWithoutTheValue() {
        #expect {
            _ = try Int64.decode(cell(.text, Array("12345678".utf8)))
        } throws: { error in
            let text = String(reflecting: error)
            return text.contains("amount") && !text.contains("12345678")
        }
        #expect(throws: PostgresError.self) { try String.decode(cell(.int8, [0, 0, 0, 0, 0, 0, 0, 1])) }
        #expect(throws: PostgresError.self) { try Bool.decode(cell(.int4, [1])) }
        #expect(throws: PostgresError.self) { try Double.decode(cell(.int8, [0, 0, 0, 0, 0, 0, 0, 1])) }
        #expect(throws: PostgresError.self) { try UUID.decode(cell(.bytea, [])) }
        #expect(throws: PostgresError.self) { try PostgresTimestamp.decode(cell(.int8, [])) }
    }

    @Test func jsonbLosesItsVersionByte() throws {
        #expect(try String.decode(cell(.jsonb, [1] + Array("{}".utf8))) == "{}")
        #expect(try [UInt8].decode(cell(.jsonb, [1] + Array("{}".utf8))) == Array("{}".utf8))
    }

    @Test(
        arguments: [
            [], [0, 0, 0, 1], [0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 20],
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, 127, 0, 0, 0, 0, 0, 0, 1],
            [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 20, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 9, 1],
        ] as [[UInt8]]
    )
    func malformedArraysAreRefused(bytes: [UInt8]) {
        #expect(throws: PostgresError.self) { try [Int64].decode(cell(.int8Array, bytes)) }
    }

    @Test func parametersDoNotShowTheirValue() {
        let parameter = PostgresParameter.text("s3cret")
        var dumped = ""
        dump(parameter, to: &dumped)
        #expect(!"\(parameter) \(String(reflecting: parameter)) \(dumped)".contains("s3cret"))
    }

    @Test func emptyValuesAreNotNull() {
        let bound = BoundParameters([.text(""), .text(nil), .bytea([7])])
        bound.withPointers { values, lengths, formats in
            #expect(values.map { $0 == nil } == [false, true, false])
            #expect(lengths == [0, 0, 1])
            #expect(formats == [1, 1, 1])
        }
    }
}
