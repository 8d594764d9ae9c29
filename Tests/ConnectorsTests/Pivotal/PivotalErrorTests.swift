import Connectors
import Foundation
import Testing

struct PivotalErrorTests {
    private struct Wrapper: Decodable {
        struct Body: Decodable {
            let type: String
            let code: String
            let message: String
            let field: String?
        }
        let error: Body
    }

    @Test func bodyIsTheContractsWrapper() {
        let error = PivotalError(.invalidString, "Invalid datetime", field: "cursor")
        let expected =
            #"{"error":{"type":"invalid_request_error","code":"invalid_string","#
            + #""message":"Invalid datetime","field":"cursor"}}"#
        #expect(error.body == expected)
    }

    @Test func fieldIsAbsentWhenNoneIsAtFault() {
        let expected = #"{"error":{"type":"not_found","code":"customer_not_found","message":"Customer not found"}}"#
        #expect(PivotalError.customerNotFound.body == expected)
    }

    @Test(arguments: PivotalError.Code.allCases)
    func everyBodyIsValidJSON(code: PivotalError.Code) throws {
        let error = PivotalError(code, "a \"quoted\" \\ text\nwith \u{1} é", field: "a\"b")
        let wrapper = try JSONDecoder().decode(Wrapper.self, from: Data(error.body.utf8))
        #expect(wrapper.error.message == error.message)
        #expect(wrapper.error.field == error.field)
        #expect(wrapper.error.code == code.rawValue)
        #expect(wrapper.error.type == error.kind.rawValue)
    }

    @Test(arguments: [
        (PivotalError.missingAPIKey, "authentication_error"), (.invalidAPIKey, "authentication_error"),
        (.apiKeyRevoked, "authentication_error"), (.contactNotFound, "not_found"), (.onboardingNotFound, "not_found"),
        (.methodNotAllowed, "invalid_request_error"), (.databaseUnavailable, "internal_error"),
        (.positionAheadOfLog, "invalid_request_error"), (.insufficientScope, "permission_error"),
        (.rateLimited(seconds: 7), "rate_limit_error"),
    ])
    func codesHaveTheirType(error: PivotalError, type: String) {
        #expect(error.kind.rawValue == type)
    }

    @Test(arguments: [(1, "in 1 second"), (60, "in 60 seconds")])
    func rateLimitNamesTheWait(seconds: Int64, text: String) {
        #expect(PivotalError.rateLimited(seconds: seconds).message.hasSuffix(text))
    }

    @Test func descriptionNamesTheCause() {
        #expect(PivotalError(.tooBig, "Too big", field: "limit").description == "too_big (limit): Too big")
        #expect(PivotalError.eventNotFound.description == "event_not_found: Event not found")
    }
}
