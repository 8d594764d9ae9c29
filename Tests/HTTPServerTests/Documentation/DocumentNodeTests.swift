import HTTPServer
import Testing

struct DocumentNodeTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-1.5e+3", #""""#, "[]", "{}", #"[1, [2, {"a": null}]]"#,
        #"{"b": 1, "a": 2, "b": 3}"#, #""a\"b\\c\nd\u0001é😀""#,
    ])
    func valueReadsAsItIsWritten(json: String) throws {
        let node = try #require(DocumentNode(json: json))
        #expect(node.compact == json)
        #expect(node.formatted == json)
    }

    @Test func escapesStandForCharacters() throws {
        let node = try #require(DocumentNode(json: #" "\/\b\f\r\t\u00e9\ud83d\ude00" "#))
        #expect(node.text == "/\u{8}\u{C}\r\té😀")
    }

    @Test(arguments: [
        "", " ", "nul", "[1,]", "[1 2]", "{", "[", #"{"a"}"#, #"{"a":}"#, #"{a:1}"#, #"""#, #""\x""#, #""\u12""#,
        #""\ud83d""#, #""\ud83dx""#, "+1", ".5", "1 2", "--1", "tru", "\"\n\"", String(repeating: "[", count: 300),
    ])
    func otherTextIsNoValue(json: String) {
        #expect(DocumentNode(json: json) == nil)
    }

    @Test func yamlReadsAsTheJSONItStandsFor() throws {
        let yaml = """
            - {b: "1", a: -1.5e+3, c: [true, null, no, 010, 1_0, ~, 2024-01-15]}
            - '^\\s"'
            - list:
              - &x {$ref: "#/a"}
              - *x
            """
        let json =
            #"[{"b": "1", "a": -1.5e+3, "c": [true, null, "no", "010", "1_0", "~", "2024-01-15"]}, "#
            + ##""^\\s\"", {"list": [{"$ref": "#/a"}, {"$ref": "#/a"}]}]"##
        #expect(try #require(DocumentNode(yaml: yaml)).compact == json)
        #expect(DocumentNode(yaml: "[1, 2") == nil)
        #expect(DocumentNode(yaml: "{a: 1, a: 2}") == nil)
    }

    @Test func longValuesAreBroken() throws {
        let json = #"{"first": ["\#(String(repeating: "x", count: 60))", 2], "second": {}}"#
        let node = try #require(DocumentNode(json: json))
        #expect(node.formatted.split(separator: "\n").map(String.init).first == "{")
        #expect(node.formatted.hasSuffix("\n  \"second\": {}\n}"))
        #expect(DocumentNode(json: node.formatted) == node)
    }

    @Test func membersAreFoundByName() throws {
        let node = try #require(DocumentNode(json: #"{"a": {"b": [1]}}"#))
        #expect(node["a"]?["b"]?.elements == [.number("1")])
        #expect(node["b"] == nil)
        #expect(node["a"]?["b"]?["c"] == nil)
        #expect(node.text == nil)
    }
}
