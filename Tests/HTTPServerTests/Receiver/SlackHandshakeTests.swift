import Testing

@testable import HTTPServer

struct SlackHandshakeTests {
    @Test func questionIsRead() {
        let body = Array(#"{"type":"url_verification","challenge":"abc"}"#.utf8)
        #expect(SlackHandshake(body: body)?.challenge == "abc")
    }

    @Test(arguments: [
        "", "url_verification", #"{"type":"event_callback","text":"url_verification"}"#,
        #"{"type":"url_verification"}"#, #"{"type":"url_verification","challenge":7}"#,
        #"{"type":"url_verification","challenge":"\#(String(repeating: "a", count: 2000))"}"#,
        #"{"type":"url_verification","challenge":"a","pad":"\#(String(repeating: "a", count: 5000))"}"#,
    ])
    func otherBodyIsNone(_ body: String) {
        #expect(SlackHandshake(body: Array(body.utf8)) == nil)
    }
}
