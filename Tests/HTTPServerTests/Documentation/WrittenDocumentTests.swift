import Testing

@testable import HTTPServer

/// What follows from what people wrote of the API is added to it.
struct WrittenDocumentTests {
    private func schema(_ name: String, of schemas: String, parts: String = "{}") -> DocumentNode? {
        WrittenDocument(#"{"components":{"x-parts":\#(parts),"schemas":\#(schemas)}}"#).schemas[name]
    }

    @Test func templateIsThereOnceForEachLine() {
        let schemas = #"{"<kind>s":{"x-for":[{"kind":"A"},{"kind":"B"}],"description":"<kind>, <other>"}}"#
        #expect(schema("As", of: schemas)?.compact == #"{"description": "A, <other>"}"#)
        #expect(schema("Bs", of: schemas)?.compact == #"{"description": "B, <other>"}"#)
        #expect(schema("<kind>s", of: schemas) == nil)
    }

    @Test func schemaHasWhatItsPartsHave() {
        let parts = #"{"P":{"properties":{"a":{"type":"string"},"b":{}}}}"#
        let whole = #"{"properties":{"a":{"const":"x"},"c":{}}}"#
        let schemas = ##"{"S":{"title":"s","allOf":[{"$ref":"#/components/x-parts/P"},\##(whole)]}}"##
        #expect(
            schema("S", of: schemas, parts: parts)?.compact
                == #"{"title": "s", "type": "object", "properties": {"a": {"type": "string", "const": "x"}, "b": {}, "c": {}}, "#
                + #""required": ["a", "b", "c"]}"#
        )
    }

    @Test func partsAreNotServed() {
        #expect(APIDocument.served.root["components"]?["x-parts"] == nil)
        #expect(!APIDocument.served.text.contains("x-for"))
    }

    @Test func requiredIsWhatASchemaNames() {
        let schemas = #"{"S":{"properties":{"a":{"properties":{"c":{}}},"b":{}},"required":["b"]}}"#
        #expect(schema("S", of: schemas)?["required"]?.compact == #"["b"]"#)
        #expect(schema("S", of: schemas)?["properties"]?["a"]?["required"]?.compact == #"["c"]"#)
    }

    @Test func examplesAreMadeOfThoseOfProperties() {
        let schemas = ##"""
            {"S":{"properties":{"a":{"const":"x"},"b":{},"list":{"items":{"$ref":"#/components/schemas/T"}}}},
            "T":{"properties":{"c":{"examples":[1,2]},"d":{"examples":["y"]}}}}
            """##
        let document = WrittenDocument(#"{"components":{"schemas":\#(schemas)}}"#)
        #expect(
            document.example(of: "S")?.compact
                == #"{"a": "x", "b": null, "list": [{"c": 1, "d": "y"}, {"c": 2, "d": "y"}]}"#
        )
        #expect(document.example(of: "U") == nil)
    }
}
