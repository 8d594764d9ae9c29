import Connectors
import Testing

struct WriteRequestTests {
    private func contact(_ json: String) throws -> String {
        try ContactChange(RequestBody(Array(json.utf8))).attributes
    }

    private func customer(_ json: String) throws -> CustomerCreation {
        try CustomerCreation(RequestBody(Array(json.utf8)))
    }

    private func onboarding(_ json: String) throws -> OnboardingCreation {
        try OnboardingCreation(RequestBody(Array(json.utf8)))
    }

    @Test func knownAttributesAreTakenInOrder() throws {
        let text = #"{"labels":["a","\u0001"],"x":1,"is_primary":true,"title":null,"email":"A@B.io","name":"\"é"}"#
        #expect(
            try contact(text)
                == #"{"name":"\"é","email":"a@b.io","title":null,"is_primary":true,"labels":["a","\u0001"]}"#
        )
        #expect(try contact("{}") == "{}")
    }

    @Test(arguments: [
        ("Acme Co.", "acme-co"), ("  Ümlaut & Söhne GmbH ", "umlaut-sohne-gmbh"), ("Joe's Diner", "joes-diner"),
        ("ﬁne ½", "fine-1-2"), ("42", "42"), ("A--B", "a-b"), ("株式会社", nil), ("!?", nil),
        (String(repeating: "ab ", count: 80), String(repeating: "ab-", count: 33) + "a"),
    ])
    func slugIsDerivedFromTheName(name: String, slug: String?) throws {
        #expect(try customer(#"{"name":"\#(name)"}"#).derivedSlug == slug)
    }

    @Test(arguments: [
        "a@b.io", "a.b+c@d-e.example.com", "!#$%&'*+-/=?^_`{|}~@x.io", "a@1.2.io", "A@X.IO", "a@xn--nxasmq6b.xn--p1ai",
    ])
    func addressesAreTaken(email: String) throws {
        #expect(try contact(#"{"email":"\#(email)"}"#) == #"{"email":"\#(email.lowercased())"}"#)
    }

    @Test(arguments: [
        "a", "a@", "@b.io", "a@b", "a@b.", "a@.io", "a@b..io", "a@-b.io", "a@b-.io", "a@b.i", "a@b.1o", ".a@b.io",
        "a.@b.io",
        "a b@c.io", "a@b c.io", "a@b@c.io", "a@[127.0.0.1]", "ä@b.io", "a@ü.io", "a@b.io ", "<a@b.io>",
    ])
    func otherTextsAreNotAddresses(email: String) throws {
        let error = try #require(throws: PivotalError.self) { try contact(#"{"email":"\#(email)"}"#) }
        #expect(error.code == .invalidString)
        #expect(error.field == "email")
    }

    @Test(arguments: [
        ("acme.com", "acme.com"), ("ACME.com", "acme.com"), ("https://Acme.com/x?y#z", "acme.com"),
        ("acme.com/", "acme.com"),
    ])
    func domainLosesProtocolAndPath(given: String, domain: String) throws {
        let attributes = try customer(#"{"name":"A","domain":"\#(given)"}"#).attributes
        #expect(attributes == #"{"name":"A","domain":"\#(domain)"}"#)
    }

    @Test(arguments: [
        ("1", "1"), ("-5", "-5"), ("1.0", "1"), ("1.25e5", "125000"), ("9007199254740991", "9007199254740991"),
        ("-0", "0"), ("1e-400", nil), ("0.1", nil),
    ])
    func wholeNumbersAreTakenHoweverWritten(text: String, number: String?) throws {
        let attributes = try? customer(#"{"name":"A","mrr":\#(text)}"#).attributes
        let isZero = text == "1e-400"
        #expect(attributes == (number ?? (isZero ? "0" : nil)).map { #"{"name":"A","mrr":\#($0)}"# })
    }

    @Test(arguments: [
        ("2026-07-15", "2026-07-15"), ("2026-07-15T09:00:00Z", "2026-07-15T09:00:00.000Z"),
        ("2026-07-15T11:00:00.1239+02:00", "2026-07-15T09:00:00.123Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"), ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"),
    ])
    func momentsAreTaken(given: String, moment: String) throws {
        let attributes = try onboarding(#"{"customer_id":1,"target_launch_date":"\#(given)"}"#).attributes
        #expect(attributes == #"{"target_launch_date":"\#(moment)"}"#)
    }

    @Test(arguments: [
        "", "now", "2026-13-01", "2026-02-30", "2026-7-1", "20260715", "2026-07-15T09:00Z", "2026-07-15 09:00:00Z",
        "2026-07-15T09:00:00", "0000-01-01", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
    ])
    func otherTextsAreNotMoments(given: String) {
        #expect(throws: PivotalError.self) { try onboarding(#"{"customer_id":1,"target_launch_date":"\#(given)"}"#) }
    }

    @Test func customerIsNamedByTextOrNumber() throws {
        #expect(try onboarding(#"{"customer_id":42}"#).customer == .displayID(42))
        #expect(try onboarding(#"{"customer_id":"42"}"#).customer == .displayID(42))
        #expect(try onboarding(#"{"customer_id":"cl9"}"#).customer == .id("cl9"))
        #expect(try onboarding(#"{"customer_id":-1}"#).customer == .unmatchable)
        #expect(throws: PivotalError.self) { try onboarding(#"{"customer_id":null}"#) }
        #expect(throws: PivotalError.self) { try onboarding("{}") }
    }
}
