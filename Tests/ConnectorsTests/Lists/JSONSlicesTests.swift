import Testing

@testable import Connectors

struct JSONSlicesTests {
    private func text(_ slice: ArraySlice<UInt8>) -> String { String(decoding: slice, as: UTF8.self) }

    @Test(arguments: [
        ("[]", []), ("[ ]", []), ("[1]", ["1"]), (" [ 1 , \"a,b\" ] \n", ["1", "\"a,b\""]),
        (#"[{"a":[1,2]},[3,[4]]]"#, [#"{"a":[1,2]}"#, "[3,[4]]"]),
        (#"["\"]", "\\", "\\\","]"#, [#""\"]""#, #""\\""#, #""\\\",""#]),
        ("[1.50,1e2,null,true]", ["1.50", "1e2", "null", "true"]),
    ])
    func elementsStayAsTheyAreSpelt(array: String, expected: [String]) {
        #expect(JSONSlices.elements(of: Array(array.utf8)[...]).map(text) == expected)
    }

    @Test(arguments: [
        (#"{"a":1}"#, "a", "1"), (#"{ "b" : 2 , "a" : { "a" : 3 } }"#, "a", #"{ "a" : 3 }"#),
        (#"{"a":1,"a":2}"#, "a", "2"), (#"{"b":"a:1,"}"#, "a", nil), ("{}", "a", nil), (#"{"x":{"a":1}}"#, "a", nil),
        (#"{"a:":1,"a":"}"}"#, "a", #""}""#),
    ])
    func memberIsTheLastOfItsName(object: String, name: String, expected: String?) {
        #expect(JSONSlices.member(name, of: Array(object.utf8)[...]).map(text) == expected)
    }

    @Test func sliceOfALargerTextIsRead() {
        let text = Array(#"xx[1,2]yy"#.utf8)
        #expect(JSONSlices.elements(of: text[2..<7]).map(self.text) == ["1", "2"])
    }
}
