import HTTPTypes
import Hummingbird
import Logging
import NIOHTTP1

/// What every request passes through: it is measured, and whatever fails becomes an answer with a JSON error.
struct RequestEnvelope: ServerMiddleware {
    let metrics: RequestMetrics
    let bodies: BodyBudget

    func handle(_ request: Request, context: ServerRequestContext, next: Next) async throws -> Response {
        let measurement = metrics.begin()
        let response = await bodies.whileInUse(by: context.channel) {
            await Self.answer(demanding(request, context), context: context, next: next)
        }
        metrics.end(measurement, route: context.endpointPath, method: request.method, status: response.status)
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func demanding(_ request: Request, _ context: ServerRequestContext) -> Request {
        guard request.headers.contains(.expect) else { return request }
        var request = request
        request.body = RequestBody(asyncSequence: DemandedBody(body: request.body, channel: context.channel))
        return request
    }

    /// Answers a request; whatever fails becomes an answer too.
    static func answer(_ request: Request, context: ServerRequestContext, next: Next) async -> Response {
        do {
            return try await next(request, context)
        } catch let refusal as RequestRefusal {
            return refusal.failure.response
        } catch let error as HTTPError {
            return HTTPFailure(error).response
        } catch let error as any HTTPResponseError {
            return (try? error.response(from: request, context: context)) ?? HTTPFailure.internalError.response
        } catch is HTTPParserError {
            return RequestRefusal.malformed.failure.response
        } catch is CancellationError {
            return HTTPFailure.shuttingDown.response
        } catch {
            context.logger.error("Request failed", metadata: ["error.type": "\(type(of: error))"])
            return HTTPFailure.internalError.response
        }
    }
}

extension HTTPFailure {
    /// The answer to a request that the server's end interrupted.
    static let shuttingDown = HTTPFailure(
        .serviceUnavailable,
        code: "unavailable",
        message: "The server is stopping; send the request again.",
        headers: [.retryAfter: "1"]
    )

    /// The answer to what the router or a decoder refused.
    init(_ error: HTTPError) {
        switch error.status {
        case .notFound: self = .notFound
        case .contentTooLarge:
            self.init(error.status, code: "content_too_large", message: "The body is too large; send a smaller one.")
        case let status:
            let code = status.reasonPhrase.lowercased().map { $0.isLetter ? String($0) : "_" }.joined()
            self.init(status, code: code, message: error.body ?? "The request was refused: \(status.reasonPhrase).")
        }
    }
}
