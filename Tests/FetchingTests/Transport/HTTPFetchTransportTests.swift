import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Testing

@testable import Fetching

/// The transport over a socket.
@Suite(.timeLimit(.minutes(10)))
struct HTTPFetchTransportTests {
    /// Runs `body` with a server of one route.
    private func withServer(
        _ answer: @escaping @Sendable (Request) async throws -> Response,
        _ body: @escaping @Sendable (String) async throws -> Void
    ) async throws {
        let router = Router()
        router.get("/objects/{id}") { request, _ in try await answer(request) }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        let services = ServiceGroup(
            configuration: .init(
                services: [application],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            for await port in ports.prefix(1) { try await body("http://127.0.0.1:\(port)") }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    private func get(
        _ url: String,
        limit: Int = 1000,
        within timeout: Duration = .seconds(30)
    ) async throws -> Result<FetchResponse, FetchProblem> {
        let request = FetchRequest(
            url: url,
            headers: [(name: "Authorization", value: "Token t")],
            bodyLimit: limit
        )
        return await HTTPFetchTransport.with(connectionsPerHost: 2) { transport in
            do throws(FetchProblem) {
                return .success(try await transport.get(request, within: timeout))
            } catch {
                return .failure(error)
            }
        }
    }

    @Test func objectIsReadWithTheToken() async throws {
        try await withServer { request in
            #expect(request.headers[.authorization] == "Token t")
            return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "{}")))
        } _: { url in
            let outcome = try await get(url + "/objects/1")
            #expect(outcome == .success(FetchResponse(status: 200, body: Array("{}".utf8))))
            let absent = try await get(url + "/none").map(\.status)
            #expect(absent == .success(404))
        }
    }

    @Test func redirectionIsNotFollowed() async throws {
        try await withServer { _ in
            Response(status: .movedPermanently, headers: [.location: "http://127.0.0.1:9/elsewhere"])
        } _: { url in
            let outcome = try await get(url + "/objects/1")
            #expect(outcome == .success(FetchResponse(status: 301)))
        }
    }

    @Test func waitThatIsAskedForIsRead() async throws {
        try await withServer { _ in
            Response(status: .tooManyRequests, headers: [.retryAfter: "7"])
        } _: { url in
            let outcome = try await get(url + "/objects/1")
            #expect(outcome == .success(FetchResponse(status: 429, retryAfter: "7")))
        }
    }

    @Test(arguments: [(10, true), (11, false)])
    func objectIsTakenUpToTheLimit(_ size: Int, _ isTaken: Bool) async throws {
        try await withServer { _ in
            Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(repeating: 0x20, count: size)))
        } _: { url in
            let outcome = try await get(url + "/objects/1", limit: 10)
            #expect(outcome.map(\.body.count) == (isTaken ? .success(size) : .failure(FetchProblem(.tooLarge))))
        }
    }

    @Test(arguments: [(HTTPResponse.Status.notFound, 65_536), (.gone, 65_536), (.notFound, 65_537), (.badRequest, 5)])
    func answerThatSaysThereIsNoObjectIsRead(_ status: HTTPResponse.Status, _ size: Int) async throws {
        try await withServer { _ in
            Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(repeating: 0x20, count: size)))
        } _: { url in
            let outcome = try await get(url + "/objects/1", limit: 10)
            let isRead = status != .badRequest && size <= 65_536
            #expect(outcome.map(\.body.count) == .success(isRead ? size : 0))
            #expect(outcome.map(\.status) == .success(status.code))
        }
    }

    /// The first byte of a body comes, or not even that, and then nothing more.
    @Test(arguments: [true, false])
    func answerThatNeverEndsIsGivenUp(_ hasHead: Bool) async throws {
        let (bytes, more) = AsyncStream.makeStream(of: ByteBuffer.self)
        try await withServer { _ in
            if hasHead {
                more.yield(ByteBuffer(string: "{"))
                return Response(status: .ok, body: ResponseBody(asyncSequence: bytes))
            }
            for await _ in bytes {}
            return Response(status: .ok)
        } _: { url in
            let outcome = try await get(url + "/objects/1", within: .milliseconds(300))
            more.finish()
            #expect(outcome == .failure(FetchProblem(.timeout)))
        }
    }

    @Test func nobodyAtTheAddressIsUnreachable() async throws {
        let outcome = try await get("http://127.0.0.1:9/objects/1")
        #expect(outcome == .failure(FetchProblem(.unreachable)))
    }
}
