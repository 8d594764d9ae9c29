import Testing

@testable import Connectors

struct SlackChallengeTests {
    @Test func questionIsRead() {
        let body = Array(#"{"type":"url_verification","challenge":"abc"}"#.utf8)
        #expect(Connector.slack.sender.challenge(in: body) == "abc")
    }

    @Test(arguments: [
        "", "url_verification", #"{"type":"event_callback","text":"url_verification"}"#,
        #"{"type":"url_verification"}"#, #"{"type":"url_verification","challenge":7}"#,
        #"{"type":"url_verification","challenge":"\#(String(repeating: "a", count: 2000))"}"#,
        #"{"type":"url_verification","challenge":"a","pad":"\#(String(repeating: "a", count: 5000))"}"#,
    ])
    func otherBodyIsNone(_ body: String) {
        #expect(Connector.slack.sender.challenge(in: Array(body.utf8)) == nil)
    }
}
