import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// Piriod's API in this process: customers that are there, gone, slow or failing, as a test says.
actor FakePiriod {
    /// How it answers.
    enum Mood: Sendable {
        case well
        case failing
        case slow
    }

    private(set) var mood = Mood.well
    private(set) var asked: [String] = []
    private var gone: Set<String> = []
    private var names: [String: String] = [:]

    /// Runs `body` with the API at an address of this machine.
    static func with(_ body: @escaping @Sendable (FakePiriod, String) async throws -> Void) async throws {
        let piriod = FakePiriod()
        let logger = Logger(label: "piriod") { _ in SwiftLogNoOpLogHandler() }
        let router = Router()
        router.get("/customers/:id") { request, context in
            try await piriod.answer(context.parameters.get("id") ?? "", token: request.headers[.authorization])
        }
        router.get("/customers") { request, _ in
            let isKnown = request.headers[.authorization] == "Token sk_test_1"
            return isKnown ? json(.ok, #"{"count":0,"results":[]}"#) : json(.unauthorized, #"{"detail":"no"}"#)
        }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in port.yield(channel.localAddress?.port ?? 0) },
            logger: logger
        )
        let services = ServiceGroup(configuration: .init(services: [application], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            for await port in ports.prefix(1) { try await body(piriod, "http://127.0.0.1:\(port)") }
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }
    }

    func become(_ mood: Mood) { self.mood = mood }
    func rename(_ id: String, _ name: String) { names[id] = name }
    func delete(_ id: String) { gone.insert(id) }

    private func answer(_ id: String, token: String?) async throws -> Response {
        asked.append(id)
        guard token == "Token sk_test_1" else { return Self.json(.unauthorized, #"{"detail":"no"}"#) }
        // A slow API takes its time and has nothing to wait for.
        if mood == .slow { try await Task.sleep(for: .milliseconds(300)) }
        if mood == .failing { return Self.json(.internalServerError, #"{"detail":"no"}"#) }
        guard !gone.contains(id) else { return Self.json(.notFound, #"{"detail":"Not found."}"#) }
        let name = names[id] ?? "first"
        return Self.json(.ok, #"{"id":"\#(id)","name":"\#(name)","status":"active","contacts":[],"test_mode":false}"#)
    }

    private static func json(_ status: HTTPResponse.Status, _ body: String) -> Response {
        Response(
            status: status,
            headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body))
        )
    }
}
