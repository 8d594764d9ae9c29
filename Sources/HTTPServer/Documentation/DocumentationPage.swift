import Crypto
import EventLog
import Foundation

/// The API's document as one HTML page that needs nothing else: no scripts, no fonts, no images.
package struct DocumentationPage: Sendable {
    /// The page.
    package let html: String
    /// What the page may do, for `Content-Security-Policy`: use its own style, and nothing else.
    package let contentSecurityPolicy: String

    /// The page of the document that this build serves.
    package static let served = DocumentationPage(.served)

    /// Renders a document.
    package init(_ document: APIDocument) {
        let style = DocumentationFiles.text("docs.css")
        let hash = Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString()
        contentSecurityPolicy =
            "default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        html = Self.page(document, style: style)
    }

    private static func page(_ document: APIDocument, style: String) -> String {
        let title = document.root["info"]?["title"]?.text ?? ""
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(HTML.escaped(title)) API</title>
            <style>\(style)</style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the content</a>
            \(navigation(document, title: title))
            <main id="content">
            \(introduction(document, title: title))
            \(sections(document))
            \(SchemaSection(document: document).html)
            </main>
            </body>
            </html>

            """
    }

    private static func navigation(_ document: APIDocument, title: String) -> String {
        let groups = tags(document).map { tag in
            let links = document.operations.filter { $0.tag == tag.name }.map { operation in
                let label = OperationSection.method(operation.method) + HTML.escaped(operation.summary)
                return HTML.element("li", HTML.element("a", with: ["href": "#\(operation.id)"], label))
            }
            let heading = HTML.element("a", with: ["href": "#group-\(tag.name)"], HTML.escaped(tag.name))
            return HTML.element("h2", heading) + HTML.element("ul", links.joined(separator: "\n"))
        }
        let schemas = HTML.element("h2", HTML.element("a", with: ["href": "#schemas"], "Schemas"))
        let home = HTML.element("a", with: ["href": "#content"], HTML.escaped(title))
        let top = HTML.element("p", with: ["class": "home"], home)
        return HTML.element("nav", with: ["aria-label": "Contents"], top + groups.joined(separator: "\n") + schemas)
    }

    private static func introduction(_ document: APIDocument, title: String) -> String {
        let info = document.root["info"]
        return """
            <header>
            <h1>\(HTML.escaped(title)) API</h1>
            <p class="lead">\(HTML.escaped(info?["summary"]?.text ?? ""))
            The same for programs: <a href="/openapi.json">OpenAPI 3.1</a>.</p>
            </header>
            \(HTML.marked(info?["description"]?.text ?? ""))
            <p>The examples want your key in <code>$KEY</code> and a server on this machine:</p>
            \(HTML.block("export KEY=\(APIKeyText.livePrefix)…\ncurl -H \"Authorization: Bearer $KEY\" '\(CurlExample.baseURL)/v1/people'"))
            """
    }

    private static func sections(_ document: APIDocument) -> String {
        tags(document).map { tag in
            let operations = document.operations.filter { $0.tag == tag.name }
                .map { OperationSection(document: document, operation: $0).html }
            let heading = HTML.element("h2", HTML.escaped(tag.name)) + HTML.marked(tag.description)
            let content = heading + operations.joined(separator: "\n")
            return HTML.element("section", with: ["id": "group-\(tag.name)"], content)
        }.joined(separator: "\n")
    }

    private static func tags(_ document: APIDocument) -> [(name: String, description: String)] {
        (document.root["tags"]?.elements ?? []).map { ($0["name"]?.text ?? "", $0["description"]?.text ?? "") }
    }
}
