import Testing

@testable import HTTPServer

struct JSONTextTests {
    private func quoted(_ text: String) -> String {
        var json = JSONText()
        json.append(string: text)
        return json.text
    }

    @Test(arguments: [
        ("", "\"\""), ("a", "\"a\""), ("a\"b", #""a\"b""#), (#"a\b"#, #""a\\b""#), ("é😀", "\"é😀\""), ("a/b", "\"a/b\""),
    ])
    func stringIsQuoted(_ text: String, _ expected: String) {
        #expect(quoted(text) == expected)
    }

    @Test(arguments: Array(0..<0x20) + [0x7F])
    func controlCharacterIsDropped(_ scalar: Int) throws {
        let character = try #require(Unicode.Scalar(scalar))
        #expect(quoted("a\(character)b") == "\"ab\"")
    }

    @Test func textStandsAsItIs() {
        var json = JSONText()
        json.append("{\"a\":")
        json.append(string: "b")
        json.append("}")
        #expect(json.text == #"{"a":"b"}"#)
    }
}
