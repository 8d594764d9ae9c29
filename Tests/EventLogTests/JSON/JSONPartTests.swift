import EventLog
import Testing

struct JSONPartTests {
    private func text(_ part: JSONPart) -> String { String(decoding: part.bytes, as: UTF8.self) }

    @Test(arguments: [
        ("[]", []), ("[ ]", []), ("[1]", ["1"]), (" [ 1 , \"a,b\" ] \n", ["1", "\"a,b\""]),
        (#"[{"a":[1,2]},[3,[4]]]"#, [#"{"a":[1,2]}"#, "[3,[4]]"]),
        (#"["\"]", "\\", "\\\","]"#, [#""\"]""#, #""\\""#, #""\\\",""#]),
        ("[1.50,1e2,null,true]", ["1.50", "1e2", "null", "true"]),
    ])
    func elementsStayAsTheyAreSpelt(array: String, expected: [String]) {
        #expect(JSONPart(Array(array.utf8)).elements.map(text) == expected)
    }

    @Test(arguments: [
        (#"{"a":1}"#, "a", "1"), (#"{ "b" : 2 , "a" : { "a" : 3 } }"#, "a", #"{ "a" : 3 }"#),
        (#"{"a":1,"a":2}"#, "a", "2"), (#"{"b":"a:1,"}"#, "a", nil), ("{}", "a", nil), (#"{"x":{"a":1}}"#, "a", nil),
        (#"{"a:":1,"a":"}"}"#, "a", #""}""#),
    ])
    func memberIsTheLastOfItsName(object: String, name: String, expected: String?) {
        #expect(JSONPart(Array(object.utf8))[name].map(text) == expected)
    }

    /// It is read before anything else has looked at it, so it may be anything.
    @Test(arguments: [
        "", " ", "{", "[", "\"", "{\"", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":[", "[1,", "\"\\", "}", "{]", "[}",
    ])
    func textThatIsCutTellsNothing(text: String) {
        let part = JSONPart(Array(text.utf8))
        #expect(part["a"]?.scalar == nil)
        #expect(part.elements.allSatisfy { $0.string == nil })
    }

    @Test(arguments: [
        ("", true), ("1e99", true), ("1e100", false), ("-1.5E+100", false), ("[1e-100]", false),
        ("{\"a\":1e100}", false), ("[1,0.5e0100]", false), ("[1, 1e100]", false), ("[1,\n\t1e100]", false),
        ("[1,\r1e100]", false), ("[1e10]", true),
        ("\"1e100\"", true), ("\"7a-1e100\"", true), ("\"x 1e100\"", false), ("[e100]", true), ("[-e100]", true),
        ("[true,false]", true), ("1e", true), ("1e+", true), ("1e1", true), ("1e1x0", true),
        (String(repeating: "[", count: 128), true), (String(repeating: "[{", count: 64) + "{", false),
        ("\"\(String(repeating: "[", count: 129))\"", false),
    ])
    func plainTextNeedsNoSearch(text: String, isPlain: Bool) {
        #expect(JSONPart.isPlain(Array(text.utf8)) == isPlain)
    }

    /// One pass takes seconds; a look that copied the text at each of them takes longer than the limit.
    @Test(.timeLimit(.minutes(2))) func whatLooksLikeNumbersIsSearchedInOnePass() {
        #expect(JSONPart.isPlain(Array(String(repeating: "a1e-100", count: 1_500_000).utf8)))
    }
}
