import AsyncHTTPClient
import NIOCore
import NIOHTTP1

/// Sends requests over HTTP/1.1, encrypted where the address says `https`.
struct HTTPFetchTransport: FetchTransport {
    private let client: HTTPClient

    private init(client: HTTPClient) {
        self.client = client
    }

    /// Runs `body` with a transport whose connections are closed afterwards.
    static func with(
        connectionsPerHost: Int,
        _ body: (HTTPFetchTransport) async -> Void
    ) async throws {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: .init(connect: .seconds(5), read: .seconds(30)),
            connectionPool: .init(idleTimeout: .seconds(30)),
            decompression: .disabled
        )
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connectionsPerHost
        configuration.httpVersion = .http1Only
        let client = HTTPClient(configuration: configuration)
        await body(HTTPFetchTransport(client: client))
        try await client.shutdown()
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

    /// The body of the object; of any other answer nothing, since nothing is made of it.
    private static func body(of response: HTTPClientResponse, limit: Int) async throws -> [UInt8] {
        guard response.status == .ok else { return [] }
        return Array(buffer: try await response.body.collect(upTo: limit))
    }
}
