import EventLog
import Foundation
import NIOCore
import Testing

@testable import HTTPServer

/// What a listener does with clients that do not behave, over real sockets.
@Suite(.timeLimit(.minutes(10)))
struct ConnectionTests {
    private static func shortLimits(_ change: (inout ConnectionLimits) -> Void) -> ConnectionLimits {
        var limits = ConnectionLimits()
        change(&limits)
        return limits
    }

    @Test func headThatTricklesIsCutAtTheDeadline() async throws {
        let limits = Self.shortLimits { $0.headDeadline = .milliseconds(300) }
        try await ReceiverFixture().run(limits: limits) { server in
            let start = ContinuousClock.now
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send("POST / HTTP/1.1\r\n")
                _ = await connection.trickle(every: .milliseconds(50), until: start + .seconds(30))
                return await connection.readToEnd()
            }
            #expect(text.isEmpty)
            #expect(ContinuousClock.now - start < .seconds(20))
        }
    }

    @Test(arguments: [Duration.milliseconds(300), .seconds(10)])
    func bodyThatTricklesIsCutAtTheAbsoluteDeadline(_ idleDeadline: Duration) async throws {
        let fixture = try ReceiverFixture()
        let limits = Self.shortLimits {
            $0.bodyIdleDeadline = idleDeadline
            $0.bodyDeadline = .milliseconds(500)
            $0.lingerDeadline = .milliseconds(100)
        }
        try await fixture.run(limits: limits) { server in
            let start = ContinuousClock.now
            let response = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(fixture.head([("Content-Length", "1000")]) + "\r\n")
                _ = await connection.trickle(every: .milliseconds(50), until: start + .seconds(30))
                return await connection.readResponse()
            }
            #expect(response?.status == 408)
            #expect(response?.headers["connection"] == "close")
            #expect(response?.body.contains("request_timeout") == true)
            #expect(ContinuousClock.now - start < .seconds(20))
            #expect(fixture.rejections.all.isEmpty)
        }
    }

    @Test func bodyThatNeverComesIsCutAtTheIdleDeadline() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run(limits: Self.shortLimits { $0.bodyIdleDeadline = .milliseconds(200) }) { server in
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(fixture.head([("Content-Length", "1000")]) + "\r\n")
                return await connection.readToEnd()
            }
            #expect(text.hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test func expectedContinueIsWrittenWhenTheBodyIsWanted() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let body = Array("{}".utf8)
            let headers = try fixture.headers(body: body) + [("Content-Length", "2"), ("Expect", "100-continue")]
            try await RawConnection.with(port: server.port) { connection in
                try await connection.send(fixture.head(headers) + "\r\n")
                #expect(await connection.readResponse()?.status == 100)
                try await connection.send(body)
                #expect(await connection.readResponse()?.status == 202)
            }
        }
    }

    @Test func expectedContinueIsNotWrittenForARefusedRequest() async throws {
        let fixture = try ReceiverFixture(bodyLimit: 10)
        let cases = [
            (fixture.head([("Content-Length", "11"), ("Expect", "100-continue")]), 413),
            (fixture.head([("Content-Length", "5"), ("Expect", "100-continue")], path: "/webhooks/none"), 404),
        ]
        try await fixture.run { server in
            for (head, status) in cases {
                let response = try await RawConnection.with(port: server.port) { connection in
                    try await connection.send(head + "\r\n")
                    return await connection.readResponse()
                }
                #expect(response?.status == status)
            }
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "nonsense\r\n\r\n",
    ])
    func ambiguousRequestIsAnsweredWith400AndTheConnectionEnds(_ request: String) async throws {
        try await ReceiverFixture().run { server in
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(request)
                return await connection.readToEnd()
            }
            #expect(text.hasPrefix("HTTP/1.1 400 "))
            #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2)
        }
    }

    @Test(arguments: [
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}",
    ])
    func transferEncodingOfHTTP10EndsTheConnectionUnread(_ request: String) async throws {
        try await ReceiverFixture().run { server in
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(request + "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
                return await connection.readToEnd()
            }
            #expect(text.hasPrefix("HTTP/1.1 400 "))
            #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2)
        }
    }

    @Test(arguments: ["", "Connection: keep-alive\r\n"])
    func connectionOfHTTP10EndsAfterItsAnswer(_ field: String) async throws {
        try await ReceiverFixture().run { server in
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send("GET / HTTP/1.0\r\nHost: a\r\n\(field)\r\n")
                return await connection.readToEnd()
            }
            #expect(text.hasPrefix("HTTP/1.1 404 "))
            #expect(text.lowercased().contains("connection: close"))
        }
    }

    @Test(arguments: ["1;", "0000000000000000000000000000000001;a=", "0;"])
    func chunkExtensionWithoutEndIsRefused(_ start: String) async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let response = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(fixture.head([("Transfer-Encoding", "chunked")]) + "\r\n")
                try await connection.send(start)
                let count = await connection.flood([UInt8](repeating: 0x61, count: 4096), limit: 100 << 20)
                #expect(count < 50 << 20)
                return await connection.readToEnd()
            }
            // A client that sends on may find the connection reset before it has read the answer.
            #expect(response.isEmpty || response.hasPrefix("HTTP/1.1 400 "))
            #expect(fixture.rejections.all.isEmpty)
        }
    }

    @Test func bodyInTinyChunksIsRefusedWithTheReason() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(fixture.head([("Transfer-Encoding", "chunked")]) + "\r\n")
                try await connection.send(String(repeating: "1\r\na\r\n", count: 10_000))
                return await connection.readToEnd()
            }
            #expect(text.hasPrefix("HTTP/1.1 400 "))
            #expect(text.contains("chunks_too_small"))
        }
    }

    @Test func shortChunkExtensionsAreIgnored() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let head = try fixture.head(fixture.headers(body: Array("{}".utf8)) + [("Transfer-Encoding", "chunked")])
            let response = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(head + "\r\n1;a=b\r\n{\r\n1;\(String(repeating: "c", count: 900))\r\n}\r\n")
                try await connection.send("0;d\r\n\r\n")
                return await connection.readResponse()
            }
            #expect(response?.status == 202)
        }
    }

    @Test(arguments: [
        ("GET / HTTP/1.1\r\nHost: a\r\n\r\n", 404), ("nonsense\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
        ("GET /webhooks/none HTTP/1.1\r\nHost: a\r\n\r\n", 405),
        ("GET / HTTP/1.1\r\nHost: a\r\nX-Large: \(String(repeating: "a", count: 40000))\r\n\r\n", 431),
    ])
    func everyAnswerSaysThatItsTypeIsNotToBeGuessed(_ request: String, _ status: Int) async throws {
        try await ReceiverFixture().run { server in
            let response = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(request)
                return await connection.readResponse()
            }
            #expect(response?.status == status)
            #expect(response?.headers["x-content-type-options"] == "nosniff")
        }
    }

    @Test(arguments: [
        "GET / HTTP/1.1\r\nHost: a\r\nX-Large: \(String(repeating: "a", count: 40000))\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n" + String(repeating: "X-Many: a\r\n", count: 200) + "\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX-Blank:" + String(repeating: " ", count: 40000) + "\r\n\r\n",
        String(repeating: "\r\n", count: 20000) + "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    ])
    func largeHeadIsAnsweredWith431(_ request: String) async throws {
        try await ReceiverFixture().run { server in
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(request)
                return await connection.readToEnd()
            }
            #expect(text.hasPrefix("HTTP/1.1 431 "))
        }
    }

    @Test func refusedBodyIsNotRead() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let start = ContinuousClock.now
            let chunk = [UInt8](repeating: 0x61, count: 1 << 20)
            for path in ["/webhooks/none", fixture.path] {
                let head = fixture.head([("Content-Length", "1000000000")], path: path) + "\r\n"
                let count = try await RawConnection.with(port: server.port) { connection in
                    try await connection.send(head)
                    return await connection.flood(chunk, limit: 200 << 20)
                }
                // What the kernels' buffers took, and not more.
                #expect(count < 50 << 20)
            }
            #expect(ContinuousClock.now - start < .seconds(30))
            #expect(fixture.log.deliveries.isEmpty)
        }
    }

    @Test func refusedBodyOfAPoliteClientGetsItsAnswer() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let response = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(fixture.head([("Content-Length", "200000")], path: "/webhooks/none") + "\r\n")
                try await connection.send([UInt8](repeating: 0x61, count: 100_000))
                let response = await connection.readResponse()
                #expect(await connection.readToEnd().isEmpty)
                return response
            }
            #expect(response?.status == 404)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInTheirOrder() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let requests = try (1...5).map { index in
                let body = Array("{\"n\":\(index)}".utf8)
                let headers = try fixture.headers(body: body, id: "msg_\(index)") + [("Content-Length", "7")]
                return fixture.head(headers) + "\r\n" + String(decoding: body, as: UTF8.self)
            }
            try await RawConnection.with(port: server.port) { connection in
                try await connection.send(requests.joined())
                for index in 1...5 {
                    #expect(await connection.readResponse()?.headers["hooklog-position"] == "\(index)")
                }
            }
        }
    }

    @Test func answerToHEADHasNoBody() async throws {
        try await ReceiverFixture().run { server in
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send("HEAD / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return await connection.readToEnd()
            }
            #expect(text.hasPrefix("HTTP/1.1 404 "))
            #expect(text.hasSuffix("\r\n\r\n"))
        }
    }

    @Test func clientThatEndsItsSideGetsItsAnswer() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(fixture.head([("Content-Length", "2")]) + "\r\n{}")
                connection.finish()
                return await connection.readToEnd()
            }
            #expect(text.hasPrefix("HTTP/1.1 401 "))
        }
    }

    @Test func connectionCloseEndsTheConnectionAfterTheAnswer() async throws {
        let fixture = try ReceiverFixture()
        try await fixture.run { server in
            let text = try await RawConnection.with(port: server.port) { connection in
                try await connection.send(fixture.head([("Content-Length", "2"), ("Connection", "close")]) + "\r\n{}")
                return await connection.readToEnd()
            }
            #expect(text.hasPrefix("HTTP/1.1 401 "))
        }
    }
}

extension RawConnection {
    /// Sends a byte every so often until the server has had enough, or the deadline; returns how many went out.
    fileprivate func trickle(every interval: Duration, until deadline: ContinuousClock.Instant) async -> Int {
        var count = 0
        while ContinuousClock.now < deadline {
            do {
                try await send("a")
                // The pace is what is tested here; nothing is awaited by it.
                try await ContinuousClock().sleep(for: interval)
            } catch {
                break
            }
            count += 1
        }
        return count
    }
}
