import Connectors
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing
import WebhookSignatures

@testable import hooklog

@Suite("Sending", .timeLimit(.minutes(10)))
struct SendPlanTests {
    private func factory(count: Int, scheme: SignatureScheme = .github) throws -> DeliveryFactory {
        let secret = try SigningSecret("It's a Secret to Everybody", for: scheme)
        let signer = try WebhookSigner(scheme: scheme, secrets: [secret])
        return DeliveryFactory(template: BodyTemplate(Array(#"{"n":{{n}}}"#.utf8)), signer: signer, count: count)
    }

    private func plan(_ server: ReceivingServer, connections: Int, rate: Double? = nil) throws -> SendPlan {
        let url = "http://127.0.0.1:\(server.port)/webhooks/src_x?a=b"
        let target = try #require(SendTarget(url: url, source: nil))
        return SendPlan(target: target, connectionCount: connections, rate: rate)
    }

    @Test("Every delivery arrives once, signed, and every answer is counted", arguments: [1, 8, 64])
    func deliveriesArriveOnce(_ connections: Int) async throws {
        try await ReceivingServer.run { server in
            let report = try await plan(server, connections: connections).run(factory(count: 300))
            #expect(report.isComplete)
            #expect((report.accepted, report.duplicate, report.conflict) == (100, 100, 100))
            #expect(report.statuses == ["202": 300])
            let requests = await server.requests
            #expect(Set(requests.map(\.body)) == Set((1...300).map { #"{"n":\#($0)}"# }))
            #expect(requests.allSatisfy { $0.uri == "/webhooks/src_x?a=b" && $0.isGenuine })
            #expect(await server.connectionCount <= connections)
        }
    }

    @Test("Refusals are counted by status")
    func refusalsAreCounted() async throws {
        try await ReceivingServer.run(statuses: [202, 401, 503]) { server in
            let report = try await plan(server, connections: 3).run(factory(count: 30))
            #expect(!report.isComplete)
            #expect(report.statuses == ["202": 10, "401": 10, "503": 10])
            #expect(report.refused == 20)
        }
    }

    @Test("A connection that the receiver closes after each answer is opened again")
    func closedConnectionIsOpenedAgain() async throws {
        try await ReceivingServer.run(closesAfterAnswer: true) { server in
            let report = try await plan(server, connections: 2).run(factory(count: 20))
            #expect(report.isComplete)
            // The other connection may take the last delivery while one is being opened.
            #expect(20...21 ~= (await server.connectionCount))
        }
    }

    @Test("A connection that breaks costs one delivery")
    func brokenConnectionCostsOneDelivery() async throws {
        try await ReceivingServer.run(statuses: [202, 0]) { server in
            let report = try await plan(server, connections: 1).run(factory(count: 10))
            #expect(report.unanswered == 5)
            #expect(report.answered == 5)
            #expect(!report.isComplete)
        }
    }

    @Test("A rate is kept")
    func rateIsKept() async throws {
        try await ReceivingServer.run { server in
            let report = try await plan(server, connections: 4, rate: 100).run(factory(count: 31))
            #expect(report.isComplete)
            #expect(report.seconds >= 0.3)
        }
    }

    @Test("When nobody listens it is said so")
    func nobodyListens() async throws {
        let port = try await ReceivingServer.run { $0.port }
        let target = try #require(SendTarget(url: "http://127.0.0.1:\(port)", source: "src_x"))
        let plan = SendPlan(target: target, connectionCount: 2, rate: nil)
        let error = await #expect(throws: CommandError.self) { try await plan.run(factory(count: 3)) }
        #expect(error?.code == .unreachable)
        #expect(error?.description.contains("127.0.0.1:\(port)") == true)
    }

    @Test("Who speaks no TLS is not reached over https")
    func encryptionIsNeeded() async throws {
        try await ReceivingServer.run { server in
            let target = try #require(SendTarget(url: "https://127.0.0.1:\(server.port)", source: "src_x"))
            let plan = SendPlan(target: target, connectionCount: 2, rate: nil)
            let error = await #expect(throws: CommandError.self) { try await plan.run(factory(count: 3)) }
            #expect(error?.code == .unreachable)
            #expect(error?.description.contains("certificate") == true)
            #expect(await server.requests.isEmpty)
        }
    }

    @Test("A body that the scheme cannot sign ends the run with the reason")
    func unsignableBody() async throws {
        try await ReceivingServer.run { server in
            // Piriod signs strings only, and the number in the body is none.
            let factory = try factory(count: 3, scheme: .piriod)
            let error = await #expect(throws: SignatureError.self) {
                try await plan(server, connections: 2).run(factory)
            }
            #expect(error?.code == .unsignableBody)
        }
    }

    @Test("A cancelled run returns what it counted")
    func cancelledRunReturnsItsCounts() async throws {
        try await ReceivingServer.run(statuses: [202, 202, -1]) { server in
            let plan = try plan(server, connections: 1)
            let factory = try factory(count: 1000)
            try await withThrowingTaskGroup(of: SendReport.self) { group in
                group.addTask { try await plan.run(factory) }
                await server.waitForSilence()
                group.cancelAll()
                let report = try #require(try await group.next())
                #expect(report.answered == 2)
                #expect(report.unanswered == 1)
            }
        }
    }
}
