import Connectors
import Testing

struct ResourceIdentifierTests {
    @Test(arguments: [
        ("42", ResourceIdentifier.displayID(42)),
        ("0042", .displayID(42)),
        ("0", .displayID(0)),
        ("9223372036854775807", .displayID(.max)),
        ("cl9bn00of0000g7l8gcq8c4xk", .id("cl9bn00of0000g7l8gcq8c4xk")),
        ("cus_1", .id("cus_1")),
        ("42a", .id("42a")),
        ("-42", .id("-42")),
        ("+42", .id("+42")),
        ("4.2", .id("4.2")),
        ("4 2", .id("4 2")),
        ("٤٢", .id("٤٢")),
        ("aurora", .id("aurora")),
    ])
    func allDigitsMeanDisplayID(text: String, expected: ResourceIdentifier) {
        #expect(ResourceIdentifier(text) == expected)
    }

    @Test(arguments: ["", "9223372036854775808", "a\0b", "\0", String(repeating: "a", count: 256)])
    func whatNamesNothingIsUnmatchable(text: String) {
        #expect(ResourceIdentifier(text) == .unmatchable)
    }

    @Test func theLongestIDIsAnID() {
        let id = String(repeating: "é", count: 127)
        #expect(ResourceIdentifier(id) == .id(id))
        #expect(ResourceIdentifier(id + "é") == .unmatchable)
    }
}
