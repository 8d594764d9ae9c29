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
}
