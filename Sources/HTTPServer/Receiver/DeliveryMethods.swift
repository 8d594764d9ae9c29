import HTTPTypes
import Hummingbird

/// Answers whatever is neither POST nor GET at the address of a source, in any method's name, with 405 and `Allow`.
///
/// A GET is answered by the receiver, which may know of a question that the source's sender asks with it.
struct DeliveryMethods: RouterMiddleware {
    typealias Context = ServerRequestContext

    private static let routes = RouteTable([("/webhooks/{source_id}", ["POST"])])

    func handle(
        _ request: Request,
        context: ServerRequestContext,
        next: (Request, ServerRequestContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound && Self.isSource(request.uri.path) {
            throw HTTPFailure.postOnly
        }
    }

    /// The router's own 404 at such a path means another method: an unknown source is a failure of the receiver.
    private static func isSource(_ path: String) -> Bool {
        !routes.methods(at: path).isEmpty
    }
}
