import Foundation
import Testing

@testable import HTTPServer

struct HTTPFailureTests {
    @Test func bodyIsOneJSONObject() throws {
        let failure = HTTPFailure(.conflict, code: "a", message: "It is \"taken\" \\ by\nothers.")
        #expect(failure.body == #"{"error":{"code":"a","message":"It is \"taken\" \\ byothers."}}"# + "\n")
    }

    @Test(arguments: RequestRefusal.allCases)
    func refusalIsAnsweredInJSON(_ refusal: RequestRefusal) throws {
        let object = try JSONDecoder().decode([String: [String: String]].self, from: Data(refusal.failure.body.utf8))
        #expect(object["error"]?["message"]?.hasSuffix(".") == true)
        // Too many bodies at once are nobody's fault but ours.
        let status = refusal.failure.status
        #expect(refusal == .bodiesFull ? status == .serviceUnavailable : status.code / 100 == 4)
    }

    @Test func errorNamesAddressAndOption() {
        for code in HTTPServerError.Code.allCases {
            let error = HTTPServerError(code: code, listener: .public, detail: "no permission")
            #expect(error.description.contains("127.0.0.1:8080"))
            #expect(error.description.contains("--listen"))
        }
    }

    @Test func addressOfIPv6HasBrackets() {
        var listener = ListenerConfiguration.public
        listener.host = "::1"
        #expect(listener.address == "[::1]:8080")
    }
}
