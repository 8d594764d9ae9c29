import HTTPServer
import Testing

/// The validator of the tests finds what is wrong, or it would prove nothing.
struct SchemaValidatorTests {
    private func findings(_ value: String, _ schema: String) throws -> [String] {
        let validator = SchemaValidator(document: .served)
        return validator.findings(try #require(DocumentNode(json: value)), try #require(DocumentNode(json: schema)))
    }

    @Test(arguments: [
        (#""a""#, #"{"type":"string"}"#), ("null", #"{"type":["string","null"]}"#), ("1", #"{"type":"integer"}"#),
        ("1.5", #"{"type":"number"}"#), (#""a""#, #"{"enum":["a","b"]}"#), ("true", #"{"const":true}"#),
        ("[1,2]", #"{"items":{"type":"integer","minimum":1}}"#), (#"{"a":1}"#, #"{"required":["a"]}"#),
        (#""2026-05-26T18:42:00.123Z""#, #"{"format":"date-time"}"#), ("{}", "{}"),
        (#""é""#, #"{"minLength":1,"maxLength":1}"#), (#""ab""#, #"{"pattern":"^a"}"#), ("null", #"{"minLength":1}"#),
        ("null", #"{"anyOf":[{"type":"string"},{"type":"null"}]}"#), (#""2026-05-26""#, #"{"format":"date"}"#),
    ])
    func validValuePasses(value: String, schema: String) throws {
        #expect(try findings(value, schema) == [])
    }

    @Test(arguments: [
        ("1", #"{"type":"string"}"#), ("null", #"{"type":"string"}"#), ("1.5", #"{"type":"integer"}"#),
        (#""c""#, #"{"enum":["a","b"]}"#), ("false", #"{"const":true}"#), ("[0]", #"{"items":{"minimum":1}}"#),
        ("{}", #"{"required":["a"]}"#), (#"{"a":1}"#, #"{"properties":{"a":{"type":"null"}}}"#),
        (#""2026-05-26""#, #"{"format":"date-time"}"#), (#""a""#, #"{"format":"email"}"#),
        (#""""#, #"{"minLength":1}"#),
        (#""ab""#, #"{"maxLength":1}"#), ("11", #"{"maximum":10}"#), (#""b""#, #"{"pattern":"^a"}"#),
        ("1", #"{"unheardOf":1}"#), ("1", #"{"anyOf":[{"type":"string"},{"type":"null"}]}"#),
        (#"{"object":"me"}"#, ##"{"$ref":"#/components/schemas/PivotalIdentity"}"##),
    ])
    func wrongValueIsFound(value: String, schema: String) throws {
        #expect(try !findings(value, schema).isEmpty)
    }

    @Test func placeOfAFindingIsTold() throws {
        let found = try findings(
            #"{"a":[{"b":1}]}"#,
            #"{"properties":{"a":{"items":{"properties":{"b":{"type":"null"}}}}}}"#
        )
        #expect(found == [#"$.a[0].b: 1 is not "null""#])
    }

    @Test func undocumentedAnswersAreFound() {
        let json = ["content-type": "application/json"]
        func findings(_ status: Int, _ text: String, _ headers: [String: String]) -> [String] {
            DocumentedAnswer(method: "GET", target: "/api/v1/me?x=1", status: status, headers: headers, text: text)
                .findings
        }
        let refusal = #"{"error":{"type":"authentication_error","code":"c","message":"m"}}"#
        #expect(findings(401, refusal, json.merging(["www-authenticate": "Bearer"]) { $1 }) == [])
        #expect(findings(401, refusal, json) == ["the header WWW-Authenticate is missing"])
        #expect(findings(418, refusal, json) == ["the status 418 is not documented"])
        #expect(findings(500, refusal, ["content-type": "text/plain"]) == ["the type text/plain is not documented"])
        #expect(findings(500, "{", json) == ["the body is not JSON"])
        #expect(findings(500, "{}", json) == ["$: error is missing"])
    }
}
