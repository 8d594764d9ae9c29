import Fetching
import Testing

@testable import Connectors

struct PiriodObjectTests {
    private func object(
        _ status: Int,
        _ body: String = "",
        retryAfter: String? = nil,
        type: String = "customer",
        id: String = "cus_1",
        isTestSource: Bool = false
    ) throws(FetchProblem) -> FetchedObject {
        let response = FetchResponse(status: status, retryAfter: retryAfter, body: Array(body.utf8))
        return try PiriodAPI.object(in: response, type: type, id: id, isTestSource: isTestSource)
    }

    @Test func objectIsKeptAsItWasSent() throws {
        let text = #"{"id":"cus_1","tax":1.10000000000000000001,"name":"é\u00e9"}"#
        #expect(try object(200, " \r\n\t\(text)\n") == .present(Array(text.utf8)))
    }

    @Test(arguments: ["true", "false", "null", "\"true\""])
    func testDataIsTheObjectAtATestSourceOnly(_ value: String) throws {
        let text = #"{"id":"cus_1","test_mode":\#(value)}"#
        #expect(try object(200, text, isTestSource: true) == .present(Array(text.utf8)))
        if value == "true" {
            #expect(throws: FetchProblem(.notTheObject, status: 200)) { try object(200, text) }
        } else {
            #expect(try object(200, text) == .present(Array(text.utf8)))
        }
    }

    @Test func numberedObjectIsRecognised() throws {
        let text = #"{"id":12}"#
        #expect(try object(200, text, type: "orgunit", id: "12") == .present(Array(text.utf8)))
    }

    @Test(arguments: ["customer", "contact", "orgunit"], [404, 410])
    func objectIsAbsentWhenPiriodSaysSo(_ type: String, _ status: Int) throws {
        #expect(try object(status, #" {"detail":"Not found."}"#, type: type) == .absent)
    }

    @Test(arguments: [
        "", "<html>", "Not found.", "[]", "{}", #"{"detail":null}"#, #"{"detail":["x"]}"#, #"{"error":"none"}"#,
        #"["detail"]"#, #"{"detail":"Not found.""#,
    ])
    func statusOfAnybodyElseDeletesNothing(_ body: String) {
        #expect(throws: FetchProblem(.unexpectedStatus, status: 404)) { try object(404, body) }
        #expect(throws: FetchProblem(.unexpectedStatus, status: 410)) { try object(410, body) }
    }

    @Test(arguments: ["invoice", "creditnote", "usage"])
    func absenceAtAnUndocumentedPathDeletesNothing(_ type: String) {
        #expect(throws: FetchProblem(.notThere, status: 404)) {
            try object(404, #"{"detail":"Not found."}"#, type: type, id: "inv_1")
        }
        #expect(throws: FetchProblem(.unexpectedStatus, status: 404)) { try object(404, "", type: type, id: "inv_1") }
    }

    @Test(arguments: [
        "", "null", "[]", "{", #"{"id":"cus_2"}"#, #"{"name":"x"}"#, "\u{FEFF}{\"id\":\"cus_1\"}", "<html></html>",
        #"[{"id":"cus_1"}]"#, #"{"id":"cus_1"} {}"#,
    ])
    func anythingElseIsNotTheObject(_ body: String) {
        #expect(throws: FetchProblem(.notTheObject, status: 200)) { try object(200, body) }
    }

    @Test func bytesThatAreNoTextAreNotTheObject() {
        let response = FetchResponse(
            status: 200,
            body: Array(#"{"id":"cus_1","a":""#.utf8) + [0xFF] + Array("\"}".utf8)
        )
        #expect(throws: FetchProblem(.notTheObject, status: 200)) {
            try PiriodAPI.object(in: response, type: "customer", id: "cus_1", isTestSource: false)
        }
    }

    @Test(arguments: [
        (401, FetchProblem.Code.unauthorized), (403, .unauthorized), (408, .rateLimited), (429, .rateLimited),
        (500, .serverError), (503, .serverError), (599, .serverError), (301, .unexpectedStatus),
        (400, .unexpectedStatus),
        (204, .unexpectedStatus), (410, .unexpectedStatus), (600, .unexpectedStatus),
    ])
    func statusSaysWhatIsWrong(_ status: Int, _ code: FetchProblem.Code) {
        #expect(throws: FetchProblem(code, status: status)) { try object(status) }
    }

    @Test(arguments: [
        ("7", Duration.seconds(7)), ("0", .zero), ("-1", nil), ("soon", nil), ("99999999999999999999", nil),
        ("Wed, 21 Oct 2026 07:28:00 GMT", nil),
    ])
    func retryAfterIsReadInSeconds(_ text: String, _ delay: Duration?) {
        #expect(throws: FetchProblem(.rateLimited, status: 429, retryAfter: delay)) {
            try object(429, retryAfter: text)
        }
    }
}
