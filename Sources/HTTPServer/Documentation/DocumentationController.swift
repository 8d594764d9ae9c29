import HTTPTypes
import Hummingbird

/// The API's own description: `/openapi.json` for programs and `/docs` for people.
///
/// Neither needs a key.
package struct DocumentationController: RouteController {
    private let document = APIDocument.served
    private let page = DocumentationPage.served

    /// Makes the controller of the document that this build serves.
    package init() {}

    /// Adds the endpoints to a router, as GET and HEAD.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        router.getAndHead("/openapi.json") { _, _ in Response(.ok, ByteBuffer(string: document.text)) }
        router.getAndHead("/docs") { _, _ in
            let policy: HTTPFields = [.contentSecurityPolicy: page.contentSecurityPolicy]
            return Response(.ok, ByteBuffer(string: page.html), type: "text/html; charset=utf-8", policy)
        }
    }
}
