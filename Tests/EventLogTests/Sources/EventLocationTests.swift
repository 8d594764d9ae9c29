import EventLog
import Foundation
import Testing

struct EventLocationTests {
    @Test(arguments: [
        ("header:X-Event-Id", "header:x-event-id"), ("body:/id", "body:/id"), ("body:/a~1b/0/~0", "body:/a~1b/0/~0"),
        ("body:/", "body:/"), ("body:/0/10/a01/-", "body:/0/10/a01/-"), ("body:/ünï cödé", "body:/ünï cödé"),
    ])
    func locationIsReadAndWritten(_ text: String, _ written: String) throws {
        let location = try #require(EventLocation(text))
        #expect(location.description == written)
        let coded = try JSONEncoder().encode([location])
        #expect(try JSONDecoder().decode([EventLocation].self, from: coded) == [location])
    }

    @Test(arguments: [
        "", "id", "header:", "header:a b", "header:é", "header:Authorization", "header:COOKIE", "header:Hooklog-Id-At",
        "body:/-1", "body:/a/01", "body:/00", "body:/+1", "body:/ 1", "body:/- 1/-01", "body:", "body:id", "body:/a~2",
        "body:/a~", "body:/a\n", "query:a", "Header:x",
        "body:/" + String(repeating: "a", count: 200),
    ])
    func anythingElseIsRefused(_ text: String) {
        #expect(EventLocation(text) == nil)
    }

    @Test func locationsAreKeptUnderReservedNames() {
        let locations = EventLocations(id: EventLocation("header:X-Id"), time: EventLocation("body:/at"))
        #expect(locations.headerNames == ["x-id"])
        #expect(locations.members.map(\.name) == ["hooklog-id-at", "hooklog-time-at"])
        #expect(locations.members.map(\.value) == ["header:x-id", "body:/at"])
        #expect(EventLocations().members.isEmpty)
    }

    @Test(arguments: [
        ("query:hub.challenge", HandshakeQuestion.query("hub.challenge")),
        ("header:X-Okta-Verification-Challenge", .header("x-okta-verification-challenge")),
    ])
    func questionIsReadAndWritten(_ text: String, _ question: HandshakeQuestion) throws {
        #expect(HandshakeQuestion(text) == question)
        #expect(HandshakeQuestion(question.description) == question)
        let coded = try JSONEncoder().encode([question])
        #expect(try JSONDecoder().decode([HandshakeQuestion].self, from: coded) == [question])
    }

    @Test(arguments: ["", "query:", "query:a b", "header:Authorization", "body:/challenge", "hub.challenge"])
    func otherQuestionIsRefused(_ text: String) {
        #expect(HandshakeQuestion(text) == nil)
    }

    @Test(arguments: [#"["body:id"]"#, "[1]", #"["header:Cookie"]"#])
    func storedNonsenseIsRefused(_ text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([EventLocation].self, from: Data(text.utf8)) }
    }
}
