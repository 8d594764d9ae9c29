import PostgresTesting
import Testing

/// The slug that a customer's name gives; see `sql/connectors/pivotal/slug_of.sql`.
@Suite(.timeLimit(.minutes(10)))
struct SlugTests {
    private static let slugs: [(name: String, slug: String)] = [
        ("Acme Co.", "acme-co"), ("  Ümlaut & Söhne GmbH ", "umlaut-sohne-gmbh"), ("Joe's Diner", "joes-diner"),
        ("Joe\u{2019}s", "joes"), ("ﬁne ½", "fine-1-2"), ("42", "42"), ("A--B", "a-b"), ("株式会社", ""), ("!?", ""),
        ("a\u{20DD}b", "a-b"),
        ("a\u{300}\u{487}c", "ac"), ("ACME\u{2122}\u{FE0F}Labs", "acmetmlabs"),
        (String(repeating: "ab ", count: 80), String(repeating: "ab-", count: 33) + "a"),
        ("--" + String(repeating: "x", count: 120), String(repeating: "x", count: 100)),
    ]

    @Test func slugIsMadeOfTheNamesLettersAndDigits() async throws {
        try await QueryServer.with { server in
            for (name, slug) in Self.slugs {
                let quoted = name.replacing("'", with: "''")
                let made = try await server.texts("SELECT coalesce(hooklog.slug_of('\(quoted)'), '')")
                #expect(made == [slug])
            }
        }
    }
}
