import HTTPTypes
import Hummingbird

/// Refuses requests that ask for a name which is not the listener's.
struct HostGuard: ServerMiddleware {
    let names: HostNames

    func handle(_ request: Request, context: ServerRequestContext, next: Next) async throws -> Response {
        guard names.allow(request.head.authority ?? "") else { throw HTTPFailure.foreignHost }
        return try await next(request, context)
    }
}

extension HTTPFailure {
    fileprivate static let foreignHost = HTTPFailure(
        .misdirectedRequest,
        code: "foreign_host",
        message: "The admin listener has no such name; ask by its address, or add the name to HOOKLOG_ADMIN_HOSTS."
    )
}
