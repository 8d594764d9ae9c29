import Connectors
import Testing

struct WriteRequestTests {
    private func attributes(_ json: String, _ kind: ObjectKind) throws(Refusal) -> String {
        try WriteBody.read(Array(json.utf8), kind.attributes, isWhole: false)
    }

    private func contact(_ json: String) throws(Refusal) -> String { try attributes(json, .pivotalContact) }
    private func customer(_ json: String) throws(Refusal) -> String { try attributes(json, .pivotalCustomer) }
    private func onboarding(_ json: String) throws(Refusal) -> String { try attributes(json, .pivotalOnboarding) }

    @Test func knownAttributesAreTakenInOrder() throws {
        let text = #"{"labels":["a","\u0001"],"x":1,"is_primary":true,"title":null,"email":"A@B.io","name":"\"é"}"#
        #expect(
            try contact(text)
                == #"{"name":"\"é","email":"a@b.io","title":null,"is_primary":true,"labels":["a","\u0001"]}"#
        )
        #expect(try contact("{}") == "{}")
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
        #expect(throws: Refusal.invalid([Fault(.body, "email", .notAnEmail)])) {
            try contact(#"{"email":"\#(email)"}"#)
        }
    }

    @Test(arguments: [
        ("acme.com", "acme.com"), ("ACME.com", "acme.com"), ("https://Acme.com/x?y#z", "acme.com"),
        ("acme.com/", "acme.com"),
    ])
    func domainLosesProtocolAndPath(given: String, domain: String) throws {
        let attributes = try customer(#"{"domain":"\#(given)"}"#)
        #expect(attributes == #"{"domain":"\#(domain)"}"#)
    }

    @Test(arguments: [
        ("1", "1"), ("-5", "-5"), ("1.0", "1"), ("1.25e5", "125000"), ("9007199254740991", "9007199254740991"),
        ("-0", "0"), ("1e-400", nil), ("0.1", nil),
    ])
    func wholeNumbersAreTakenHoweverWritten(text: String, number: String?) throws {
        let attributes = try? customer(#"{"mrr":\#(text)}"#)
        let isZero = text == "1e-400"
        #expect(attributes == (number ?? (isZero ? "0" : nil)).map { #"{"mrr":\#($0)}"# })
    }

    @Test(arguments: [
        ("2026-07-15", "2026-07-15"), ("2026-07-15T09:00:00Z", "2026-07-15T09:00:00.000Z"),
        ("2026-07-15T11:00:00.1239+02:00", "2026-07-15T09:00:00.123Z"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z"), ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z"),
    ])
    func momentsAreTaken(given: String, moment: String) throws {
        let attributes = try onboarding(#"{"target_launch_date":"\#(given)"}"#)
        #expect(attributes == #"{"target_launch_date":"\#(moment)"}"#)
    }

    @Test(arguments: [
        "", "now", "2026-13-01", "2026-02-30", "2026-7-1", "20260715", "2026-07-15T09:00Z", "2026-07-15 09:00:00Z",
        "2026-07-15T09:00:00", "0000-01-01", "0001-01-01T00:00:00+01:00", "9999-12-31T23:59:59-01:00",
    ])
    func otherTextsAreNotMoments(given: String) {
        #expect(throws: Refusal.self) { try onboarding(#"{"target_launch_date":"\#(given)"}"#) }
    }

    @Test(
        arguments: [
            ("42", "42"), (#""42""#, "42"), (#""cl9""#, "cl9"), ("-1", ""), ("1.5", ""), (#""""#, ""), ("null", nil),
            ("true", nil), ("[]", nil),
        ] as [(String, String?)]
    )
    func customerIsNamedByTextOrNumber(given: String, name: String?) throws {
        let creation = try #require(Surface.pivotal.operations.first { $0.path == "/onboardings" && $0.creates })
        let body = Array("{\"customer_id\":\(given)}".utf8)
        let read = try? WriteBody.read(body, creation.attributes, isWhole: true)
        #expect(read == name.map { #"{"customer_id":"\#($0)"}"# })
        #expect(throws: Refusal.invalid([Fault(.body, "customer_id", .required)])) {
            try WriteBody.read(Array("{}".utf8), creation.attributes, isWhole: true)
        }
    }
}
