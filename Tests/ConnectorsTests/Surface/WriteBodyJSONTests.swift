import Connectors
import Testing

struct WriteBodyJSONTests {
    private static let notJSON = Refusal.invalid([Fault(.body, nil, .notJSON)])

    private func read(_ bytes: some Sequence<UInt8>) throws(Refusal) {
        _ = try WriteBody.read(Array(bytes), [], isWhole: true)
    }

    @Test(arguments: [
        "{}", " \t\r\n{ } ", #"{"a":[1,-0,0.5,1e5,1E+5,1e-5,"x",true,false,null,{"b":[]}]}"#,
        #"{"\u00e9\ud834\udd1e":"\"\\\/\b\f\n\r\t"}"#, "{\"a\":\"\u{7F}é𝄞\"}",
    ])
    func objectsAreRead(text: String) throws {
        try read(text.utf8)
    }

    @Test(arguments: [
        "", " ", "{", "}", "{]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{,}"#, #"{a:1}"#, "{} x", "{}{}",
        #"{"a":[1,]}"#,
        #"{"a":[1}"#, #"{"a":01}"#, #"{"a":1.}"#, #"{"a":.5}"#, #"{"a":+1}"#, #"{"a":-}"#, #"{"a":1e}"#, #"{"a":0x1}"#,
        #"{"a":NaN}"#, #"{"a":tru}"#, #"{"a":"}"#, "{\"a\":\"\n\"}", #"{"a":"\x"}"#, #"{"a":"\u12"}"#,
        #"{"a":"\u12g4"}"#,
        #"{"a":"\ud834"}"#, #"{"a":"\ud834\u0041"}"#, #"{"a":"\udd1e"}"#, #"{"a":"\ud834x"}"#, "\u{FEFF}{}",
        "{\"a\":" + String(repeating: "[", count: 200) + String(repeating: "]", count: 200) + "}",
    ])
    func otherTextsAreNotJSON(text: String) {
        #expect(throws: Self.notJSON) { try read(text.utf8) }
    }

    @Test(
        arguments: [[0xFF], [0x22, 0xC3, 0x22], [0x7B, 0x22, 0xED, 0xA0, 0x80, 0x22, 0x3A, 0x31, 0x7D]] as [[UInt8]]
    )
    func otherBytesAreNotText(bytes: [UInt8]) {
        #expect(throws: Self.notJSON) { try read(bytes) }
    }

    @Test(arguments: ["[]", "1", "null", "true", #""x""#]) func otherValuesAreNotObjects(text: String) throws {
        let error = try #require(throws: Refusal.self) { try read(text.utf8) }
        #expect(try error.words().code == "invalid_type")
        #expect(try error.words().field == nil)
    }
}
