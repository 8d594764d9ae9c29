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
        router.getAndHead("/openapi.json") { _, _ in documentResponse }
        router.getAndHead("/docs") { _, _ in pageResponse }
    }

    private var documentResponse: Response {
        Response(json: ByteBuffer(string: document.text))
    }

    private var pageResponse: Response {
        Response(
            status: .ok,
            headers: [
                .contentType: "text/html; charset=utf-8",
                .contentSecurityPolicy: page.contentSecurityPolicy,
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: page.html))
        )
    }
}
