import Foundation
import Testing

@testable import EventLog

struct JSONTextTests {
    @Test(arguments: ["", "plain", "\"\\/", "\u{0}\u{1}\n\r\t\u{8}\u{7F}", "é😀\u{2028}", "</script>"])
    func stringsAreReadBackAsWritten(_ string: String) throws {
        var text: [UInt8] = []
        JSONText.append(string: string.utf8, to: &text)
        #expect(try JSONDecoder().decode(String.self, from: Data(text)) == string)
        #expect(text.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }

    @Test func membersAreSeparated() {
        var text = Array("{".utf8)
        JSONText.append(member: "a", to: &text)
        text.append(UInt8(ascii: "1"))
        JSONText.append(member: "b", to: &text)
        #expect(String(decoding: text, as: UTF8.self) == #"{"a":1,"b":"#)
    }
}
