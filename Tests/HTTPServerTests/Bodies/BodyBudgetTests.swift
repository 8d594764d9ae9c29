import NIOCore
import Testing

@testable import HTTPServer

/// What bodies may take together, over real sockets.
@Suite(.timeLimit(.minutes(10)))
struct BodyBudgetTests {
    private static let mebibyte = 1 << 20

    /// Runs `body` while `count` unsigned deliveries have sent all but the last byte, or were refused.
    private func whileHeld(
        _ count: Int,
        of size: Int,
        by server: ServerFixture,
        _ fixture: ReceiverFixture,
        _ body: @escaping @Sendable () async throws -> Void
    ) async throws -> [Int] {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Void.self)
        let (release, released) = AsyncStream.makeStream(of: Void.self)
        let gate = Gate(release)
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await RawConnection.with(port: server.port) { connection in
                        try await connection.send(fixture.head([("Content-Length", "\(size)")]) + "\r\n")
                        _ = await connection.flood([UInt8](repeating: 0x61, count: size - 1), limit: size - 1)
                        arrival.yield()
                        await gate.wait()
                        try? await connection.send("a")
                        return await connection.readResponse()?.status ?? 0
                    }
                }
            }
            for await _ in arrivals.prefix(count) {}
            try await body()
            released.finish()
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    /// Opens once for everybody.
    private actor Gate {
        private let opening: Task<Void, Never>

        init(_ release: AsyncStream<Void>) {
            // The test waits for it in every case.
            opening = Task { for await _ in release {} }
        }

        func wait() async { await opening.value }
    }

    @Test func smallSignedDeliveryPassesWhileLargeUnsignedOnesAreHeld() async throws {
        let fixture = try ReceiverFixture(bodyLimit: 25 << 20)
        let bodies = BodyBudget(byteCount: 8 * Self.mebibyte, metricsFactory: fixture.metrics)
        try await fixture.run(bodies: bodies) { server in
            let statuses = try await whileHeld(20, of: Self.mebibyte, by: server, fixture) {
                #expect(bodies.byteCount <= 8 * Self.mebibyte)
                for index in 0..<20 {
                    let answer = try await fixture.deliver(Array("{}".utf8), id: "msg_\(index)", to: server)
                    #expect(answer.status == 202)
                }
                #expect(bodies.byteCount <= 8 * Self.mebibyte)
            }
            // Those that were refused may have been cut while they still sent.
            #expect(statuses.count { $0 == 401 } <= 6)
            #expect(statuses.allSatisfy { [0, 401, 503].contains($0) })
            #expect(fixture.log.deliveries.count == 20)
        }
        #expect(bodies.byteCount == 0)
        #expect(fixture.metrics.exposition().contains("hooklog_http_body_bytes 0"))
        #expect(!fixture.metrics.exposition().contains("hooklog_http_body_refusals_total 0"))
    }

    @Test func deliveryIsCountedUntilItIsAnswered() async throws {
        let fixture = try ReceiverFixture()
        let bodies = BodyBudget()
        let (arrivals, gate) = fixture.log.hold()
        try await fixture.run(bodies: bodies) { server in
            let body = [UInt8](repeating: 0x61, count: 1000)
            async let answer = fixture.deliver(body, to: server)
            for await _ in arrivals.prefix(1) {}
            #expect(bodies.byteCount >= 1000)
            gate.yield()
            let status = try await answer.status
            #expect(status == 202)
        }
        #expect(bodies.byteCount == 0)
    }

    @Test func deliveryWhoseSenderLeftIsCountedWhileItWaitsToBeAppended() async throws {
        let fixture = try ReceiverFixture()
        let bodies = BodyBudget()
        let (arrivals, gate) = fixture.log.hold()
        try await fixture.run(bodies: bodies) { server in
            let body = [UInt8](repeating: 0x61, count: 1000)
            let head = try fixture.head(fixture.headers(body: body) + [("Content-Length", "1000")])
            try await RawConnection.with(port: server.port) { connection in
                try await connection.send(head + "\r\n")
                try await connection.send(body)
                for await _ in arrivals.prefix(1) {}
            }
            // Another request shows that the server goes on, and that the one left behind still counts.
            #expect(try await Answer.post("/webhooks/none", body: [], to: server).status == 404)
            #expect(bodies.byteCount >= 1000)
            gate.yield()
        }
        #expect(bodies.byteCount == 0)
    }

    @Test func smallSignedDeliveryPassesWhileLongHeadsAreHeld() async throws {
        let fixture = try ReceiverFixture()
        let bodies = BodyBudget(byteCount: Self.mebibyte)
        try await fixture.run(bodies: bodies) { server in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let (leavers, left) = AsyncStream.makeStream(of: Void.self)
                for _ in 0..<100 {
                    group.addTask {
                        try await RawConnection.with(port: server.port) { connection in
                            let head = "GET / HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "a", count: 30_000))"
                            try await connection.send(head)
                            // Until it is told to make room, or the deadline.
                            _ = await connection.readToEnd()
                            left.yield()
                        }
                    }
                }
                // There is room for 33; when so many have left, the heads have come that are held.
                for await _ in leavers.prefix(60) {}
                for index in 0..<20 {
                    #expect(bodies.byteCount <= Self.mebibyte)
                    let answer = try await fixture.deliver(Array("{}".utf8), id: "msg_\(index)", to: server)
                    #expect(answer.status == 202)
                }
                #expect(bodies.byteCount > 0)
                group.cancelAll()
            }
        }
        #expect(bodies.byteCount == 0)
    }
}
