import EventLog
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import NIOPosix
import ServiceLifecycle
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(10)))
struct HTTPListenerTests {
    /// A controller whose routes fail in different ways.
    private struct FailingController: RouteController {
        struct Unexpected: Error {}

        func addRoutes(to router: Router<ServerRequestContext>) {
            router.get("/unexpected") { _, _ -> Response in throw Unexpected() }
            router.get("/cancelled") { _, _ -> Response in throw CancellationError() }
            router.get("/http") { _, _ -> Response in throw HTTPError(.conflict, message: "It is \"taken\".") }
            router.post("/collect") { request, _ -> Response in
                _ = try await request.body.collect(upTo: 1 << 20)
                return Response(status: .ok)
            }
        }
    }

    @Test func unknownRouteIsNotFoundInJSON() async throws {
        try await ServerFixture.with(controllers: []) { server in
            let answer = try await Answer.post("/nowhere", method: "GET", to: server)
            #expect(answer.status == 404)
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.body == HTTPFailure.notFound.body)
        }
    }

    @Test(arguments: [
        ("/unexpected", 500, "internal_error"), ("/cancelled", 503, "unavailable"), ("/http", 409, "conflict"),
    ])
    func failureOfARouteIsAnsweredInJSON(_ path: String, _ status: Int, _ code: String) async throws {
        try await ServerFixture.with(controllers: [FailingController()]) { server in
            let answer = try await Answer.post(path, method: "GET", to: server)
            #expect(answer.status == status)
            #expect(answer.body.hasPrefix(#"{"error":{"code":"\#(code)","message":""#))
            #expect(!answer.body.contains("Unexpected"))
            #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) }
        }
    }

    @Test func bodyOfAnyRouteIsBounded() async throws {
        try await ServerFixture.with(controllers: [FailingController()]) { server in
            let fitting = [UInt8](repeating: 0, count: 1 << 20)
            let answer1 = try await Answer.post("/collect", body: fitting, to: server)
            #expect(answer1.status == 200)
            let answer2 = try await Answer.post("/collect", body: fitting + [0], isChunked: true, to: server)
            #expect(answer2.status == 413)
        }
    }

    @Test func addressInUseIsNamedWithItsOption() async throws {
        try await ServerFixture.with(controllers: []) { server in
            var configuration = ListenerConfiguration.public
            configuration.port = server.port
            let second = HTTPListener(configuration: configuration, controllers: [], logger: ServerFixture.logger)
            let error = await #expect(throws: HTTPServerError.self) { try await second.run() }
            #expect(error?.code == .addressInUse)
            #expect(error?.description.contains("127.0.0.1:\(server.port)") == true)
            #expect(error?.description.contains("--listen") == true)
        }
    }

    @Test(arguments: ["192.0.2.1", "no such host"])
    func addressOfAnotherMachineIsNamedWithItsOption(_ host: String) async throws {
        var configuration = ListenerConfiguration.admin
        configuration.host = host
        configuration.port = 0
        let listener = HTTPListener(configuration: configuration, controllers: [], logger: ServerFixture.logger)
        let error = await #expect(throws: HTTPServerError.self) { try await listener.run() }
        #expect(error?.code == .addressUnavailable)
        #expect(error?.description.contains("\(host):0") == true)
        #expect(error?.description.contains("--admin-listen") == true)
    }

    @Test func shutdownFinishesWhatWasAccepted() async throws {
        let fixture = try ReceiverFixture()
        let (arrivals, gate) = fixture.log.hold()
        try await fixture.run { server in
            let status = try await withThrowingTaskGroup(of: Int.self) { group in
                group.addTask { try await fixture.deliver(Array("{}".utf8), to: server).status }
                for await _ in arrivals.prefix(1) {}
                await server.shutDown()
                // Nobody is let in any more.
                await #expect(throws: (any Error).self) {
                    for _ in 0..<1000 {
                        try await RawConnection.with(port: server.port) { _ in }
                    }
                }
                gate.yield()
                return try await group.next()
            }
            #expect(status == 202)
            #expect(fixture.log.deliveries.count == 1)
        }
    }

    @Test func shutdownCutsRequestsThatNeverEnd() async throws {
        let fixture = try ReceiverFixture()
        let (arrivals, gate) = fixture.log.hold()
        let start = ContinuousClock.now
        try await ServerFixture.with(
            shutdownDeadline: .milliseconds(200),
            controllers: [fixture.controller()]
        ) { server in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = try? await fixture.deliver(Array("{}".utf8), to: server) }
                for await _ in arrivals.prefix(1) {}
                await server.shutDown()
            }
        }
        #expect(ContinuousClock.now - start < .seconds(20))
        gate.finish()
    }

    @Test func connectionsBeyondTheLimitWait() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        var configuration = ListenerConfiguration.public
        configuration.port = 0
        configuration.connectionLimit = 1
        let listener = HTTPListener(
            configuration: configuration,
            controllers: [],
            logger: ServerFixture.logger,
            onListening: { continuation.yield($0) }
        )
        let services = ServiceGroup(services: [listener], logger: ServerFixture.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            for await port in ports.prefix(1) {
                try await Self.expectOneAtATime(port)
            }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    private static func expectOneAtATime(_ port: Int) async throws {
        let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        try await RawConnection.with(port: port) { first in
            try await first.send(request)
            #expect(await first.readResponse()?.status == 404)
            try await RawConnection.with(port: port) { second in
                try await second.send(request)
                let firstEnd = ContinuousClock.now
                first.finish()
                #expect(await second.readResponse()?.status == 404)
                #expect(ContinuousClock.now >= firstEnd)
            }
        }
    }

    /// Those that were accepted and that nobody serves yet are let go of then, which NIO takes for a mistake of the program.
    @Test func cancelledListenerClosesTheConnectionsThatWait() async throws {
        for _ in 0..<10 {
            let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
            var configuration = ListenerConfiguration.public
            configuration.port = 0
            let listener = HTTPListener(
                configuration: configuration,
                controllers: [],
                logger: ServerFixture.logger,
                metricsFactory: PrometheusMetrics(),
                onListening: { continuation.yield($0) }
            )
            let connections = try await withThrowingTaskGroup { group in
                group.addTask { try? await listener.run() }
                var connections: [EventLoopFuture<any Channel>] = []
                for await port in ports.prefix(1) {
                    let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                    connections = (0..<64).map { _ in bootstrap.connect(host: "127.0.0.1", port: port) }
                }
                let first = try #require(connections.first)
                _ = try await first.get()
                group.cancelAll()
                return connections
            }
            // Which of the others came in time is left to chance; those that did are closed by the listener's end.
            var closedCount = 0
            for connection in connections {
                guard let channel = try? await connection.get() else { continue }
                try await channel.closeFuture.get()
                closedCount += 1
            }
            #expect(closedCount > 0)
        }
    }
}
