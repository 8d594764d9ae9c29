import Testing

@testable import Schema

struct SQLTemplateTests {
    @Test func otherTextStays() {
        let text = "-- For: a\nSELECT a <b> c -- for: x"
        #expect(SQLTemplate.expanded(text, paths: []) == text)
    }

    @Test func eachTableHasItsOwnText() {
        let template = """
            -- for: table = contact; more = , t.a, t.b; columns = name email
            -- for: table = customer; more = ; columns =
            SELECT <columns:t.*, >1<more> FROM <table> AS t WHERE a <> 1 AND b < 2 AND <other>
            """
        #expect(
            SQLTemplate.expanded(template, paths: []) == """
                SELECT t.name, t.email, 1, t.a, t.b FROM contact AS t WHERE a <> 1 AND b < 2 AND <other>
                SELECT 1 FROM customer AS t WHERE a <> 1 AND b < 2 AND <other>
                """
        )
    }

    @Test func everyTableGoesEveryWay() {
        let template = """
            -- for: table = a
            -- for: table = b
            -- each: way = up; sign = >
            -- each: way = down; sign = <
            <table>_<way> <sign>
            """
        #expect(SQLTemplate.expanded(template, paths: []) == "a_up >\na_down <\nb_up >\nb_down <")
    }

    @Test func listsMayBeOfFiles() {
        let template = """
            -- for: judges = @connectors/*/judge_*
            CASE kind <judges:WHEN '*' THEN judge_*() >END
            """
        let paths = [
            "connectors/b/judge_b_y.sql", "connectors/a/judge_a_x.sql", "connectors/a/kinds_a.sql",
            "connectors/judge_c.sql",
            "functions/a/judge_d.sql", "connectors/a/judge_.sql",
        ]
        let expected = "CASE kind WHEN 'a_x' THEN judge_a_x() WHEN 'b_y' THEN judge_b_y() END"
        #expect(SQLTemplate.expanded(template, paths: paths) == expected)
    }

    /// A place that no table fills would be a syntax error, and in a comment it would stand there unread.
    @Test(arguments: SQLLibrary.functionPaths)
    func everyTemplateIsFilled(path: String) throws {
        let raw = try #require(SQLLibrary.embedded[path])
        #expect(raw.contains("\n-- for: ") || raw.firstMatch(of: /<\w+:/) == nil)
        guard raw.contains("\n-- for: ") else { return }
        let text = try #require(SQLLibrary.text(path))
        #expect(text.firstMatch(of: /<\w+(:[^>]*)?>/) == nil)
    }
}
