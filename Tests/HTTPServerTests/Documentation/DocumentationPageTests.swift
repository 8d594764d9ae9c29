import Crypto
import Foundation
import Testing

@testable import HTTPServer

struct DocumentationPageTests {
    private let page = DocumentationPage.served
    private let document = APIDocument.served

    @Test func everyOperationHasASection() {
        let articles = values(of: /<article id="([^"]*)">/)
        let links = values(of: /href="([^"]*)"/)
        for operation in document.operations {
            #expect(articles.contains(operation.id))
            #expect(links.contains("#\(operation.id)"))
        }
        for schema in document.schemas { #expect(articles.contains("schema-\(schema.name)")) }
    }

    @Test func everyLinkStaysHere() {
        let targets = values(of: /(?:href|src)="([^"]*)"/)
        let places = values(of: /id="([^"]*)"/)
        #expect(targets.count > 50)
        for target in targets where target != "/openapi.json" {
            #expect(target.hasPrefix("#") && places.contains(String(target.dropFirst())), "\(target)")
        }
    }

    @Test func nothingIsLoadedOrRun() {
        for part in ["<script", "<img", "<link", "<iframe", "@import", "url(", " style=", " onclick=", "<no"] {
            #expect(!page.html.contains(part), "\(part)")
        }
    }

    @Test func policyAllowsThePagesOwnStyleOnly() throws {
        let style = try #require(page.html.firstMatch(of: /<style>([\s\S]*)<\/style>/)).1
        let hash = Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString()
        #expect(page.contentSecurityPolicy.hasPrefix("default-src 'none'; style-src 'sha256-\(hash)';"))
        #expect(!page.contentSecurityPolicy.contains("unsafe"))
        #expect(style.contains("prefers-color-scheme: dark"))
    }

    @Test func textIsEscaped() throws {
        let text = #"""
            {"info": {"title": "<b>&\"", "description": "`<i>` **<u>** <s>"}, "tags": [{"name": "T"}], "paths": {"/<p>": {"get":
            {"operationId": "o", "tags": ["T"], "summary": "<q>", "responses": {"200": {"description": "<r>"}}}}}}
            """#
        let page = DocumentationPage(APIDocument(try #require(DocumentNode(json: text)))).html
        for tag in ["<b>", "<i>", "<u>", "<s>", "<p>&", "<q>", "<r>"] { #expect(!page.contains(tag), "\(tag)") }
        #expect(page.contains("<code>&lt;i&gt;</code> <strong>&lt;u&gt;</strong> &lt;s&gt;"))
    }

    @Test func descriptionsAreMarkedUp() {
        #expect(
            HTML.marked("a `b*` c\n\n- **d** e\n- f")
                == "<p>a <code>b*</code> c</p>\n<ul><li><strong>d</strong> e</li><li>f</li></ul>"
        )
    }

    @Test(arguments: [
        ("pivotalGetIdentity", "curl 'http://127.0.0.1:8080/api/v1/me' \\\n  -H \"Authorization: Bearer $KEY\""),
        ("pivotalGetHealth", "curl 'http://127.0.0.1:8080/api/v1/health'"),
        (
            "listEvents",
            "curl 'http://127.0.0.1:8080/v1/events?type=contact.created' \\\n  -H \"Authorization: Bearer $KEY\""
        ),
        (
            "pivotalCreateCustomer",
            "curl -X POST 'http://127.0.0.1:8080/api/v1/customers' \\\n  -H \"Authorization: Bearer $KEY\" \\\n"
                + "  -H 'Idempotency-Key: 8c2f6d0e-import-42' \\\n"
                + "  -H 'Content-Type: application/json' \\\n  -d '{\"name\": \"Acme Co.\"}'"
        ),
        (
            "piriodGetContact",
            "curl 'http://127.0.0.1:8080/piriod/contacts/42' \\\n  -H \"Authorization: Token $KEY\" \\\n"
                + "  -H 'x-simple-workspace: acme'"
        ),
    ])
    func requestIsShownAsACommand(id: String, command: String) throws {
        let operation = try #require(document.operations.first { $0.id == id })
        #expect(CurlExample(operation: operation).text == command)
    }

    @Test(arguments: [
        (#"{"type":"integer","minimum":1,"maximum":100,"default":25}"#, "integer, 1 to 100, default <code>25</code>"),
        (#"{"type":["string","null"],"format":"date-time"}"#, "date-time or null"),
        (#"{"type":"integer","minimum":0,"maximum":9223372036854775807}"#, "integer, at least 0"),
        (#"{"type":"string","maxLength":255}"#, "string, at most 255 characters"),
        (#"{"type":"string","minLength":1}"#, "string, not empty"),
        (#"{"type":"string","enum":["a","b"]}"#, "string, <code>a</code>, <code>b</code>"), ("{}", "anything"),
        (#"{"type":"array","items":{"type":"string"}}"#, "list of string"),
        (#"{"anyOf":[{"type":"string","format":"date"},{"type":"null"}]}"#, "date or null"),
        (##"{"$ref":"#/components/schemas/Event"}"##, "<a href=\"#schema-Event\">Event</a>"),
    ])
    func typesAreSaidInWords(schema: String, words: String) throws {
        #expect(SchemaText.type(of: try #require(DocumentNode(json: schema))) == words)
    }

    /// What an attribute says, in each place of the page that has it.
    private func values(of attribute: some RegexComponent<(Substring, Substring)>) -> Set<String> {
        Set(page.html.matches(of: attribute).map { String($0.output.1) })
    }
}
