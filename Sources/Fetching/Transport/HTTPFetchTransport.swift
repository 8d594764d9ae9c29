import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Sends requests over HTTP/1.1, encrypted where the address says `https`.
struct HTTPFetchTransport: FetchTransport {
    /// The most bytes that are read of an answer that says there is no object.
    private static let refusalLimit = 65_536

    private let client: HTTPClient

    /// Runs `body` with a transport whose connections are closed afterwards.
    static func with<Value: Sendable>(
        connectionsPerHost: Int,
        _ body: (HTTPFetchTransport) async -> Value
    ) async -> Value {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(5), read: .seconds(30)),
            connectionPool: .init(idleTimeout: .seconds(30)),
            decompression: .disabled
        )
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsPerHost
        configuration.httpVersion = .http1Only
        let client = HTTPClient(configuration: configuration)
        let value = await body(HTTPFetchTransport(client: client))
        // All that can fail here is closing connections that nobody uses any more.
        try? await client.shutdown()
        return value
    }

    func get(_ request: FetchRequest) async throws(FetchProblem) -> FetchResponse {
        var outgoing = HTTPClientRequest(url: request.url)
        for header in request.headers { outgoing.headers.add(name: header.name, value: header.value) }
        do {
            let response = try await client.execute(outgoing, deadline: .distantFuture)
            let status = Int(response.status.code)
            return FetchResponse(
                status: status,
                retryAfter: response.headers.first(name: "retry-after"),
                body: try await Self.body(of: response, limit: request.bodyLimit)
            )
        } catch is NIOTooManyBytesError {
            throw FetchProblem(.tooLarge)
        } catch {
            throw FetchProblem(.unreachable)
        }
    }

    /// The body of the object, or of what says that there is none; of any other answer nothing, since nothing is made of it.
    private static func body(of response: HTTPClientResponse, limit: Int) async throws -> [UInt8] {
        switch response.status {
        case .ok:
            return Array(buffer: try await response.body.collect(upTo: limit))
        case .notFound, .gone:
            do {
                return Array(buffer: try await response.body.collect(upTo: refusalLimit))
            } catch is NIOTooManyBytesError {
                return []
            }
        default:
            return []
        }
    }
}
