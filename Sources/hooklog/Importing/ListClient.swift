import AsyncHTTPClient
import Connectors
import EventLog
import Foundation
import NIOCore
import NIOHTTP1

/// Asks a vendor's API for pages of its lists.
///
/// What may pass by itself (no connection, no answer, 408, 425, 429 and 5xx) is tried again with growing waits; a vendor
/// that says how long to wait is obeyed. A place that the vendor does not know any more is told. Redirections are not followed, so that the token goes nowhere else.
struct ListClient: Sendable {
    private static let answerTimeout = TimeAmount.seconds(60)
    /// The most bytes of an answer: a hundred objects are far less, and as many answers as connections are in memory.
    private static let pageBytes = 8 << 20

    let client: HTTPClient
    let target: ListTarget
    /// What the vendor wants in every request.
    let headers: [(name: String, value: String)]
    var clock: any Clock<Duration> = ContinuousClock()
    var jitter: @Sendable () -> Double = { .random(in: 0..<1) }
    /// Is told why and how long it waits.
    var waits: @Sendable (String, Duration) -> Void = { _, _ in }

    /// Runs `body` with an HTTP client for as many requests at a time, which is closed afterwards.
    static func withHTTPClient<Value: Sendable>(
        width: Int,
        _ body: (HTTPClient) async throws -> Value
    ) async throws -> Value {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(10), read: answerTimeout)
        )
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = width
        configuration.httpVersion = .http1Only
        return try await HTTPClient.withHTTPClient(configuration: configuration, body)
    }

    /// The page, or why there is none.
    ///
    /// - Throws: `unreachable` when the vendor does not answer or refuses; `CancellationError`.
    func answer(to request: VendorPageRequest) async throws -> VendorAnswer {
        var patience = RetryPatience()
        while true {
            let wait: Duration?
            let reason: String
            switch try await attempt(request) {
            case .answer(let answer):
                return answer
            case .throttled(let seconds):
                wait = patience.afterThrottling(seconds: seconds, jitter: jitter())
                reason = wait == nil ? "it answers 429 all the time" : "the API asks to wait"
            case .failed(let cause):
                wait = patience.afterFailure(jitter: jitter())
                reason = wait == nil ? "\(cause), \(patience.limit) times in a row" : "the API is asked again: \(cause)"
            }
            guard let wait else { throw failure(request, reason) }
            waits(reason, wait)
            try await clock.sleep(for: wait)
        }
    }

    private enum Attempt {
        case answer(VendorAnswer)
        case throttled(seconds: Int?)
        case failed(String)
    }

    private func attempt(_ request: VendorPageRequest) async throws -> Attempt {
        var message = HTTPClientRequest(url: target.base + request.target)
        message.headers = HTTPHeaders(headers.map { ($0.name, $0.value) })
        message.headers.add(name: "Accept", value: "application/json")
        message.headers.add(name: "User-Agent", value: "hooklog/\(BuildVersion.text)")
        let body: ByteBuffer
        let response: HTTPClientResponse
        do {
            response = try await client.execute(message, timeout: Self.answerTimeout)
            body = try await response.body.collect(upTo: Self.pageBytes)
        } catch is CancellationError {
            throw CancellationError()
        } catch is NIOTooManyBytesError {
            throw failure(request, "a page of it is larger than \(Self.pageBytes >> 20) MiB")
        } catch {
            try Task.checkCancellation()
            return .failed("there was no answer")
        }
        let status = response.status.code
        switch status {
        case 200:
            return .answer(.page(try page(Array(body.readableBytesView), request)))
        case 404 where request.mayBeAbsent:
            return .answer(.absent)
        case 400, 404, 410:
            guard !request.mayBeginAnew else { return .answer(.placeLost) }
            throw failure(request, "it answered \(status)\(Self.advice(status, isBegun: !request.isAtStart))")
        case 429:
            return .throttled(seconds: RetryOrder.seconds(response.headers.first(name: "Retry-After"), now: Date()))
        case 408, 425, 500...599:
            return .failed("it answered \(status)")
        default:
            throw failure(request, "it answered \(status)\(Self.advice(status))")
        }
    }

    private func page(_ body: [UInt8], _ request: VendorPageRequest) throws(CommandError) -> VendorPage {
        do throws(VendorPage.Failure) {
            return try VendorPage(body, of: request)
        } catch {
            throw failure(
                request,
                "it did not answer with a page of a list. Check the address and the source's connector"
            )
        }
    }

    private static func advice(_ status: UInt, isBegun: Bool = false) -> String {
        switch status {
        case _ where isBegun: ", and again after the list was begun anew. Give --restart to begin all anew"
        case 300...399: ". Give the address that it redirects to"
        case 401, 403: ". Check the token, and what it may read"
        case 400: ". Check the address, the token and --account"
        case 404: ". Check the address and the source's connector"
        default: ""
        }
    }

    /// Names the list but not the query, which may hold what a vendor thinks is private.
    private func failure(_ request: VendorPageRequest, _ reason: String) -> CommandError {
        let path = request.target.prefix { $0 != "?" }
        return CommandError(
            .unreachable,
            "The list at \(target.base)\(path) cannot be read: \(reason)."
        )
    }
}
