import Connectors
import Testing

struct PercentDecodingTests {
    @Test(arguments: [
        ("", ""), ("cus_1", "cus_1"), ("a%2Fb", "a/b"), ("a%2fb", "a/b"), ("%41%42", "AB"), ("a+b", "a+b"), ("%", "%"),
        ("%4", "%4"), ("%4g", "%4g"), ("%%41", "%A"), ("%C3%A9", "é"), ("%00", "\0"), ("é", "é"), ("%2541", "%41"),
    ])
    func textIsDecoded(text: String, expected: String) {
        #expect(PercentDecoding.decode(text) == expected)
    }

    @Test(arguments: ["%FF", "%C3", "a%80b", "%ED%A0%80"])
    func bytesThatAreNotTextAreRefused(text: String) {
        #expect(PercentDecoding.decode(text) == nil)
    }
}
