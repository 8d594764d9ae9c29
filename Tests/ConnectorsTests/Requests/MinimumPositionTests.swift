import Connectors
import EventLog
import Testing

struct MinimumPositionTests {
    @Test(
        arguments: [
            ([], nil), (["0"], 0), (["42"], 42), (["9223372036854775807"], .max),
        ] as [([String], Int64?)]
    )
    func positionIsRead(values: [String], expected: Int64?) throws {
        #expect(try MinimumPosition.read(values) == expected.map { Position(rawValue: $0) })
    }

    @Test(arguments: [[""], ["-1"], ["+1"], ["1.0"], ["a"], ["9223372036854775808"], ["1", "1"], ["1 "], ["0x1"]])
    func anythingElseIsRefused(values: [String]) throws {
        let error = try #require(throws: Refusal.self) { try MinimumPosition.read(values) }
        #expect(try error.words().code == "invalid_type")
        #expect(try error.words().field == "Hooklog-Min-Position")
    }
}
