import EventLog
import Foundation
import Testing

struct JSONTextTests {
    private func quoted(_ string: String, _ controls: JSONText.Controls) -> String {
        var json = JSONText(controls)
        json.append(string: string)
        return json.text
    }

    @Test(arguments: ["", "plain", "\"\\/", "\u{0}\u{1}\n\r\t\u{8}\u{7F}", "é😀\u{2028}", "</script>"])
    func stringsAreReadBackAsWritten(_ string: String) throws {
        for text in [JSONText.quoted(string), quoted(string, .numbered)] {
            #expect(try JSONDecoder().decode(String.self, from: Data(text.utf8)) == string)
        }
        #expect(quoted(string, .numbered).utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
    }

    @Test(arguments: [
        ("", "\"\""), ("a", "\"a\""), ("a\"b", #""a\"b""#), (#"a\b"#, #""a\\b""#), ("é😀", "\"é😀\""), ("a/b", "\"a/b\""),
    ])
    func stringIsQuoted(_ text: String, _ expected: String) {
        #expect(JSONText.quoted(text) == expected)
        #expect(quoted(text, .numbered) == expected)
        #expect(quoted(text, .dropped) == expected)
    }

    @Test func controlCharactersAreEscaped() {
        #expect(JSONText.quoted("\n\r\u{1F}\u{7F}") == #""\n\u000d\u001f\#u{7F}""#)
        #expect(quoted("\n\r\u{1F}\u{7F}", .numbered) == #""\u000a\u000d\u001f\u007f""#)
    }

    @Test(arguments: Array(0..<0x20) + [0x7F])
    func controlCharacterIsDropped(_ scalar: Int) throws {
        let character = try #require(Unicode.Scalar(scalar))
        #expect(quoted("a\(character)b", .dropped) == "\"ab\"")
    }

    @Test func membersAreSeparated() {
        var json = JSONText(.escaped)
        json.append("{")
        json.append(member: "a")
        json.append("1")
        json.append(member: "b")
        json.append(string: "c")
        json.append("}")
        #expect(json.text == #"{"a":1,"b":"c"}"#)
    }
}
