import Testing

@testable import Schema

struct SQLTemplateTests {
    @Test func otherTextStays() {
        #expect(SQLTemplate.expanded("-- For: a\nSELECT a <b> c -- for: x") == "-- For: a\nSELECT a <b> c -- for: x")
    }

    @Test func eachTableHasItsOwnText() {
        let template = """
            -- for: table = contact; more = , t.a, t.b; columns = name email
            -- for: table = customer; more = ; columns =
            SELECT <columns:t.*, >1<more> FROM <table> AS t WHERE a <> 1 AND b < 2 AND <other>
            """
        #expect(
            SQLTemplate.expanded(template) == """
                SELECT t.name, t.email, 1, t.a, t.b FROM contact AS t WHERE a <> 1 AND b < 2 AND <other>
                SELECT 1 FROM customer AS t WHERE a <> 1 AND b < 2 AND <other>
                """
        )
    }

    /// A place that no table fills would be a syntax error, and in a comment it would stand there unread.
    @Test(arguments: ["functions", "connectors"].flatMap(SQLLibrary.paths(in:)))
    func everyTemplateIsFilled(path: String) throws {
        let raw = try #require(SQLLibrary.embedded[path])
        guard raw.contains("\n-- for: ") else { return }
        let text = try #require(SQLLibrary.text(path))
        #expect(text.firstMatch(of: /<\w+(:[^>]*)?>/) == nil)
    }
}
