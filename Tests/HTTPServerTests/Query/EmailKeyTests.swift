import Foundation
import Testing

/// One address in all its spellings is one person, for columns, look-ups and what must be unique.
@Suite(.timeLimit(.minutes(10)))
struct EmailKeyTests {
    /// Keys and what they are the keys of.
    private static let spellings: [(key: String, written: [String])] = [
        ("jane@acme.com", ["jane@acme.com", " Jane@Acme.com ", "\tJANE@ACME.COM\r\n", "\u{A0}jane@acme.com\u{3000}"]),
        ("jos\u{E9}@acme.com", ["Jose\u{301}@acme.com", "JOS\u{C9}@ACME.COM", "JOSE\u{301}@acme.com"]),
        (
            "a@m\u{FC}nchen.example",
            [
                "A@MU\u{308}NCHEN.example", "a@xn--mnchen-3ya.example", "a@XN--MNCHEN-3YA.EXAMPLE",
                " a@Xn--mnchen-3Ya.example",
            ]
        ),
        ("a@\u{4F8B}\u{3048}.\u{30C6}\u{30B9}\u{30C8}", ["a@xn--r8jz45g.xn--zckzah", "a@XN--R8JZ45G.xn--ZCKZAH"]),
        ("\u{3B1}@\u{3C0}.gr", ["\u{391}@\u{3A0}.GR", "\u{3B1}@xn--1xa.gr"]),
        ("\u{43F}\u{443}\u{442}\u{44C}@\u{434}.\u{440}\u{444}", ["\u{41F}\u{423}\u{422}\u{42C}@xn--d1a.xn--p1ai"]),
        ("a+b@x.io", ["a+b@x.io", "A+B@X.IO"]),
        ("vera@agency.gov", ["vera@agency.gov", "Vera@Agency.GOV", "\u{B}vera@agency.gov\u{C}"]),
    ]

    private func keys(_ texts: [String], _ server: QueryServer) async throws -> [String] {
        let array = texts.map { "'\($0.replacing("'", with: "''"))'" }.joined(separator: ",")
        return try await server.texts(
            """
            SELECT coalesce(hooklog.email_key(t.value), 'none')
            FROM unnest(ARRAY[\(array)]::text[]) WITH ORDINALITY AS t (value, nth) ORDER BY t.nth
            """
        )
    }

    @Test func spellingsHaveOneKey() async throws {
        try await QueryServer.with { server in
            for (key, written) in Self.spellings {
                let found = try await keys(written + [key], server)
                #expect(found.allSatisfy { $0.utf8.elementsEqual(key.utf8) }, "\(found)")
            }
        }
    }

    @Test func otherAddressesStayApartAndNothingFails() async throws {
        try await QueryServer.with { server in
            let odd = [
                "", " ", "a@xn--", "a@xn--abc-", "a@xn--a", "a@xn--99999999", "a@xn--\u{FC}", "a@xn--0-",
                "xn--mnchen-3ya@x.io", "@", "a@b@xn--mnchen-3ya.de", "a@.xn--mnchen-3ya.",
                "a@xn--" + String(repeating: "z", count: 60), "a@xn--mnchen-3ya\u{301}.de", "a@xn--a9999999999.x",
            ]
            let expected = [
                "none", "none", "a@xn--", "a@xn--abc-", "a@xn--a", "a@xn--99999999", "a@xn--\u{FC}", "a@xn--0-",
                "xn--mnchen-3ya@x.io", "@", "a@b@m\u{FC}nchen.de", "a@.m\u{FC}nchen.",
                "a@xn--" + String(repeating: "z", count: 60), "a@xn--mnchen-3y\u{E1}.de", "a@xn--a9999999999.x",
            ]
            let found = try await keys(odd, server)
            #expect(found == expected)
            let long = try await keys([String(repeating: "\u{C9}", count: 100_000) + "@x.io"], server)
            #expect(long.first?.hasPrefix("sha256:") == true)
        }
    }

    /// No letter at an end of an address is taken for a blank, and a key is its own key.
    @Test func everyLetterAtTheEndsStays() async throws {
        try await QueryServer.with { server in
            let signs = "abcdefghijklmnopqrstuvwxyz0123456789!#$%&*+-/=?^_`{|}~.".map(String.init)
            let plain = signs.map { "\($0)@x.\($0)" }
            #expect(try await keys(plain, server) == plain)
            let found = try await keys(Self.spellings.flatMap(\.written), server)
            #expect(try await keys(found, server) == found)
        }
    }

    /// RFC 3492, section 7.1, where letters have no case.
    @Test(arguments: [
        ("egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"),
        ("ihqwcrb4cv8a8dqg056pqjye", "\u{4ED6}\u{4EEC}\u{4E3A}\u{4EC0}\u{4E48}\u{4E0D}\u{8BF4}\u{4E2D}\u{6587}"),
        ("b1abfaaepdrnnbgefbadotcwatmq2g4l", "почемужеонинеговорятпорусски"),
        ("2-u9tlzr9756bt3uc0v", "\u{3072}\u{3068}\u{3064}\u{5C4B}\u{6839}\u{306E}\u{4E0B}2"),
        ("d9juau41awczczp", "\u{305D}\u{306E}\u{30B9}\u{30D4}\u{30FC}\u{30C9}\u{3067}"),
    ])
    func labelsAreDecodedAsPublished(_ encoded: String, _ letters: String) async throws {
        try await QueryServer.with { server in
            let found = try await server.texts("SELECT hooklog.domain_label('xn--\(encoded)')")
            #expect(found == [letters])
        }
    }

    @Test func lettersAreLoweredAsUnicodeHasThem() async throws {
        let scripts: [ClosedRange<UInt32>] = [0x41...0x5A, 0xC0...0x24F, 0x370...0x52F, 0x531...0x556, 0x1E00...0x1FFF]
        let letters = scripts.flatMap { $0.compactMap(Unicode.Scalar.init) }
            .filter { $0.properties.lowercaseMapping.unicodeScalars.count == 1 }
        let text = String(String.UnicodeScalarView(letters))
        let expected = letters.map(\.properties.lowercaseMapping).joined()
        try await QueryServer.with { server in
            let lowered = try await server.texts("SELECT hooklog.lower_case('\(text)')")
            #expect(lowered.first.map { Array($0.unicodeScalars) } == Array(expected.unicodeScalars))
        }
    }

    @Test func contactsOfOneAddressAreOnePersonAndFoundByAnySpelling() async throws {
        try await QueryServer.with { server in
            let key = try await server.makeKey().text
            let written = [
                ("pivotal", "a@M\u{FC}nchen.example"), ("piriod", "a@xn--mnchen-3ya.example "),
                ("ruddr", "A@mu\u{308}nchen.example"), ("ruddr", "a+b@x.io"),
            ]
            let events = written.enumerated().map { number, contact in
                VendorEvent(
                    system: contact.0,
                    entityType: "contact",
                    entityID: "x_\(number)",
                    id: "e\(number)",
                    members: #""email":"\#(contact.1)","name":"N""#
                )
            }
            try await server.project(events)
            for query in ["a@m%C3%BCnchen.example", "A%40XN--MNCHEN-3YA.example", "+a@mu%CC%88nchen.example%20"] {
                let people = try await server.send("/v1/people?email=\(query)", key: key)
                #expect(people.json["data"]?.elements.map { $0["systems"] } == [["piriod", "pivotal", "ruddr"]])
                #expect(people.json["data"]?.elements.map { $0["email"] } == ["a@m\u{FC}nchen.example"])
                let contacts = try await server.send("/v1/contacts?email=\(query)", key: key)
                #expect(contacts.json["data"]?.elements.count == 3)
            }
            for query in ["a+b@x.io", "a%2Bb%40x.io", "A+B@x.io"] {
                let people = try await server.send("/v1/people?email=\(query)", key: key)
                #expect(people.json["data"]?.elements.map { $0["email"] } == ["a+b@x.io"])
            }
            #expect(try await server.send("/v1/people?email=", key: key).status == 400)
            #expect(try await server.send("/v1/people", key: key).json["data"]?.elements.count == 2)
        }
    }

    @Test func addressThatMustBeUniqueIsTakenInAnySpelling() async throws {
        try await VendorClient.withRuddr { client in
            _ = try await client.make("contacts", #"{"name":"A","email":"a@münchen.example"}"#)
            for email in ["A@MU\u{308}NCHEN.example", "a@xn--mnchen-3ya.example", " a@m\u{FC}nchen.example"] {
                #expect(try await client.post("contacts", #"{"name":"B","email":"\#(email)"}"#).status == 409)
            }
        }
    }

    @Test func numberAsAnIdHasOneSpelling() async throws {
        try await VendorClient.withPiriod { client in
            func event(_ id: String, _ name: String, at second: Int) -> String {
                let head = #""event":"orgunit.updated","occurred_at":"2026-05-26T18:42:0\#(second)Z""#
                return #"{\#(head),"object_id":\#(id),"data":{"id":\#(id),"name":"\#(name)","customer":"cus_1"}}"#
            }
            let bodies = [("12", "A"), ("12.0", "B"), ("1.2e1", "C"), (#""12.0""#, "D")].enumerated()
                .map { event($1.0, $1.1, at: $0) }
            try await client.server.deliver("piriod", bodies)
            #expect(try await client.get("orgunits/12/").json["name"] == "C")
            #expect(try await client.get("orgunits/12.0/").json["name"] == "D")
            #expect(try await client.get("orgunits/").json["count"] == 2)
            let customer = #"{"id":"cus_1","name":"Acme","country":"CL"}"#
            let head = #""event":"customer.created","object_id":"cus_1","occurred_at":"2026-05-26T18:42:00Z""#
            try await client.server.deliver("piriod", ["{\(head),\"data\":\(customer)}"])
            let contact = #"{"name":"N","email":"a@x.io","customer":"cus_1","orgunit":12.0}"#
            let made = try await client.post("contacts/", contact)
            #expect(made.status == 201, "\(made.text)")
            let units = try await client.server.texts("SELECT org_unit_id FROM hooklog.contact")
            #expect(units == ["12"])
        }
    }
}
