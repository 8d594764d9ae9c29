import Locking
import ServiceLifecycle
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(10)))
struct AdminTests {
    private let metrics = PrometheusMetrics()

    private func get(_ path: String, readiness: ReadinessService) async throws -> Answer {
        let controller = AdminController(
            readiness: readiness,
            metrics: metrics,
            hosts: HostNames(listeningOn: "127.0.0.1")
        )
        let answer = Locked<Answer?>(nil)
        try await ServerFixture.with(controllers: [controller]) { server in
            let received = try await Answer.post(path, method: "GET", to: server)
            answer.withLock { $0 = received }
        }
        return try #require(answer.withLock { $0 })
    }

    @Test func healthIsUpWhateverTheProbesSay() async throws {
        let answer = try await get("/healthz", readiness: ReadinessService(probes: []))
        #expect(answer.status == 200)
        #expect(answer.body == "{\"status\":\"up\"}\n")
    }

    @Test func nodeIsNotReadyBeforeTheFirstRound() async throws {
        let answer = try await get("/readyz", readiness: ReadinessService(probes: []))
        #expect(answer.status == 503)
    }

    @Test func nodeIsReadyWhenEveryProbeSaysSo() async throws {
        let readiness = ReadinessService(probes: [
            ReadinessProbe(name: "database") { nil }, ReadinessProbe(name: "migrations") { nil },
        ])
        await readiness.ask()
        let answer = try await get("/readyz", readiness: readiness)
        #expect(answer.status == 200)
        let expected = #"{"status":"ready","checks":{"database":"ready","migrations":"ready"},"reasons":[]}"#
        #expect(answer.body == expected + "\n")
    }

    @Test func nodeIsNotReadyForTheReasonsOfItsProbes() async throws {
        let readiness = ReadinessService(probes: [
            ReadinessProbe(name: "database") { nil },
            ReadinessProbe(name: "migrations") { "Run `hooklog migrate`." },
        ])
        await readiness.ask()
        let answer = try await get("/readyz", readiness: readiness)
        #expect(answer.status == 503)
        #expect(answer.body.contains(#""checks":{"database":"ready","migrations":"not_ready"}"#))
        #expect(answer.body.contains(#""reasons":["migrations: Run `hooklog migrate`."]"#))
    }

    @Test func probeThatHangsIsNotReady() async {
        let hanging = ReadinessProbe(name: "database") {
            try? await ContinuousClock().sleep(for: .seconds(60))
            return nil
        }
        let readiness = ReadinessService(probes: [hanging], deadline: .milliseconds(20))
        await readiness.ask()
        #expect(!readiness.report.isReady)
        #expect(readiness.report.json.contains("no answer within"))
    }

    @Test func oldAnswerIsNotBelieved() async {
        let time = Locked(ContinuousClock.now)
        let readiness = ReadinessService(probes: [], now: { time.withLock { $0 } })
        await readiness.ask()
        #expect(readiness.report.isReady)
        time.withLock { $0 += .seconds(6) }
        #expect(!readiness.report.isReady)
    }

    @Test func serviceAsksUntilItIsCancelled() async throws {
        let (asked, continuation) = AsyncStream.makeStream(of: Void.self)
        let probe = ReadinessProbe(name: "database") {
            continuation.yield()
            return nil
        }
        let readiness = ReadinessService(probes: [probe], interval: .milliseconds(1))
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await readiness.run() }
            for await _ in asked.prefix(3) {}
            group.cancelAll()
        }
        #expect(readiness.report.isReady)
    }

    @Test func metricsAreServedAsText() async throws {
        metrics.makeCounter(label: "hooklog.test", dimensions: []).increment(by: 3)
        let answer = try await get("/metrics", readiness: ReadinessService(probes: []))
        #expect(answer.status == 200)
        #expect(answer.headers["content-type"] == PrometheusMetrics.contentType)
        #expect(answer.body.contains("hooklog_test_total 3\n"))
    }

    @Test(arguments: ["/metrics", "/healthz", "/readyz", "/nothing"])
    func foreignNameIsRefusedForWhateverIsAsked(_ path: String) async throws {
        let controller = AdminController(
            readiness: ReadinessService(probes: []),
            metrics: metrics,
            hosts: HostNames(listeningOn: "127.0.0.1", and: ["hooklog.internal"])
        )
        try await ServerFixture.with(controllers: [controller]) { server in
            for (host, isForeign) in [("evil.example", true), ("hooklog.internal:8081", false)] {
                let response = try await RawConnection.with(port: server.port) { connection in
                    try await connection.send("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\r\n")
                    return await connection.readResponse()
                }
                #expect((response?.status == 421) == isForeign)
                #expect(response?.headers["x-content-type-options"] == "nosniff")
                #expect(response?.body.contains("HOOKLOG_ADMIN_HOSTS") == isForeign)
            }
        }
    }

    @Test func bothListenersServeAndStopTogether() async throws {
        let (ports, continuation) = AsyncStream.makeStream(of: (String, Int).self)
        let admin = AdminController(
            readiness: ReadinessService(probes: []),
            metrics: metrics,
            hosts: HostNames(listeningOn: "127.0.0.1")
        )
        var configuration = HTTPServerConfiguration()
        configuration.publicListener.port = 0
        configuration.adminListener.port = 0
        let services = HTTPServices.make(
            configuration: configuration,
            controllers: [try ReceiverFixture().controller()],
            admin: admin,
            logger: ServerFixture.logger,
            onListening: { continuation.yield(($0.name, $1)) }
        )
        let group = ServiceGroup(services: services, logger: ServerFixture.logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var found: [String: ServerFixture] = [:]
            for await (name, port) in ports.prefix(2) {
                found[name] = ServerFixture(port: port) {}
            }
            let publicServer = try #require(found["public"])
            let adminServer = try #require(found["admin"])
            let health = try await Answer.post("/healthz", method: "GET", to: adminServer)
            #expect(health.status == 200)
            let hidden = try await Answer.post("/metrics", method: "GET", to: publicServer)
            #expect(hidden.status == 404)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }
}
