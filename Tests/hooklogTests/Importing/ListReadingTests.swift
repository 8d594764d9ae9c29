import Connectors
import EventLog
import Foundation
import Locking
import Testing

@testable import hooklog

@Suite("Reading a vendor's lists", .timeLimit(.minutes(10)))
struct ListReadingTests {
    private static let empty = #"{"data":[],"has_more":false,"next_cursor":null}"#

    /// A Pivotal with so many customers, each with a contact.
    private static func vendor(customers: Int) -> AnsweringServer.Respond {
        { request in
            let parts = request.target.split(separator: "/")
            if parts.last?.hasPrefix("customers?") == true {
                let start = request.target.split(separator: "cursor=").dropFirst().first.flatMap { Int($0) } ?? 0
                let ids = (start..<min(start + 100, customers)).map { #"{"object":"customer","id":"\#($0)"}"# }
                let next = start + 100 < customers ? #""\#(start + 100)""# : "null"
                let body =
                    #"{"data":[\#(ids.joined(separator: ","))],"has_more":\#(next != "null"),"next_cursor":\#(next)}"#
                return AnsweringServer.Answer(body: body)
            }
            guard parts.count == 5 else { return AnsweringServer.Answer(body: empty) }
            let body = #"{"data":[{"object":"contact","id":"c\#(parts[3])"}],"has_more":false,"next_cursor":null}"#
            return AnsweringServer.Answer(body: body)
        }
    }

    /// Runs `body` with a reading of what a server says.
    private static func withReading<Value: Sendable>(
        of url: String,
        connector: ConnectorName = .pivotal,
        earlier: String? = nil,
        clock: any Clock<Duration> = HurriedClock(),
        waits: @escaping @Sendable (String, Duration) -> Void = { _, _ in },
        _ body: (ListReading) async throws -> Value
    ) async throws -> Value {
        let api = try #require(Connector.named(connector)?.lists)
        let target = try #require(ListTarget(url, of: api))
        return try await ListClient.withHTTPClient(width: 4) { client in
            let answers = ListClient(
                client: client,
                target: target,
                headers: api.headers(token: "secret", account: "acc_1", livemode: true),
                clock: clock,
                jitter: { 0 },
                waits: waits
            )
            return try await body(ListReading(api, origin: "x", answers: answers, width: 4, earlier: earlier))
        }
    }

    private static func all(_ reading: ListReading) async throws -> [NumberedLine] {
        var lines: [NumberedLine] = []
        while let chunk = try await reading.next() { lines += chunk.lines }
        return lines
    }

    @Test("Everything is read once, a bounded number at a time")
    func everythingIsReadOnce() async throws {
        try await AnsweringServer.run(Self.vendor(customers: 250)) { url, server in
            let entries = try await Self.withReading(of: url, Self.all)
            #expect(Set(entries.map(\.line.bytes)).count == 500)
            #expect(entries.map(\.number) == Array(1...500))
            #expect(Set(server.targets).count == server.targets.count, "a page was asked for twice")
        }
    }

    @Test("It goes on from the last chunk", arguments: [1, 2])
    func itGoesOnFromTheLastChunk(chunks: Int) async throws {
        try await AnsweringServer.run(Self.vendor(customers: 450)) { url, server in
            let (before, state) = try await Self.withReading(of: url) { reading in
                var lines: [[UInt8]] = []
                var state: String?
                for _ in 0..<chunks {
                    let chunk = try await reading.next()
                    lines += chunk?.lines.map(\.line.bytes) ?? []
                    state = chunk?.state
                }
                return (lines, state)
            }
            let after = try await Self.withReading(of: url, earlier: state) { reading in
                #expect(reading.earlierCount == before.count)
                return try await Self.all(reading).map(\.line.bytes)
            }
            #expect(!before.isEmpty && !after.isEmpty)
            #expect(before.count + after.count == 900)
            #expect(Set(before + after).count == 900)
            #expect(Set(server.targets).count == server.targets.count, "a page was asked for twice")
        }
    }

    @Test("Requests say who asks")
    func requestsSayWhoAsks() async throws {
        try await AnsweringServer.run { request in
            let isAuthorised =
                request.headers["authorization"] == "Token secret" && request.headers["x-simple-workspace"] == "acc_1"
            return AnsweringServer.Answer(
                status: isAuthorised ? 200 : 401,
                body: #"{"results":[],"next":null,"count":0}"#
            )
        } _: { url, server in
            let entries = try await Self.withReading(of: url, connector: .piriod, Self.all)
            #expect(entries.isEmpty)
            #expect(server.targets.count == 3)
        }
    }

    @Test("What may pass is tried again", arguments: [0, 408, 425, 500, 503])
    func whatMayPassIsTriedAgain(status: Int) async throws {
        let clock = HurriedClock()
        try await AnsweringServer.run { request in
            guard request.attempt >= 3 else { return status == 0 ? nil : AnsweringServer.Answer(status: status) }
            return AnsweringServer.Answer(body: Self.empty)
        } _: { url, _ in
            let entries = try await Self.withReading(of: url, clock: clock, Self.all)
            #expect(entries.isEmpty)
        }
        #expect(clock.slept == [1, 2, 4, 1, 2, 4].map { .seconds($0) })
    }

    @Test("A vendor that asks for patience gets it")
    func vendorThatAsksForPatienceGetsIt() async throws {
        let clock = HurriedClock()
        try await AnsweringServer.run { request in
            switch request.attempt {
            case 0: AnsweringServer.Answer(status: 429, headers: ["Retry-After": "33"])
            case 1: AnsweringServer.Answer(status: 429)
            default: AnsweringServer.Answer(body: Self.empty)
            }
        } _: { url, _ in
            let entries = try await Self.withReading(of: url, clock: clock, Self.all)
            #expect(entries.isEmpty)
        }
        #expect(clock.slept == [33, 2, 33, 2].map { .seconds($0) })
    }

    @Test(
        "What will not pass ends it",
        arguments: [
            (301, "redirects"), (401, "token"), (403, "token"), (404, "address"), (418, "418"),
            (200, "not answer with"),
        ]
    )
    func whatWillNotPassEndsIt(status: Int, word: String) async throws {
        try await AnsweringServer.run { _ in
            AnsweringServer.Answer(status: status, headers: ["Location": "/elsewhere"], body: "<html>")
        } _: { url, server in
            let failure = await #expect(throws: CommandError.self) {
                try await Self.withReading(of: url, Self.all)
            }
            #expect(failure?.code == .unreachable)
            #expect(failure?.description.contains(word) == true, "\(failure?.description ?? "")")
            #expect(failure?.description.contains("secret") == false)
            #expect(server.targets.count == 1)
        }
    }

    @Test("A vendor that stays away ends it")
    func vendorThatStaysAwayEndsIt() async throws {
        try await AnsweringServer.run { _ in
            AnsweringServer.Answer(status: 503)
        } _: { url, server in
            let failure = await #expect(throws: CommandError.self) {
                try await Self.withReading(of: url, Self.all)
            }
            #expect(failure?.description.contains("8 times in a row") == true)
            #expect(server.targets.count == 8)
        }
    }

    @Test("Lists that no page of the vendor shows may be absent")
    func listsThatNoPageShowsMayBeAbsent() async throws {
        try await AnsweringServer.run { request in
            let isPublic = request.target.hasPrefix("/api/workspace/cl") || request.target.contains("/contacts?")
            guard isPublic else { return AnsweringServer.Answer(status: 404) }
            return AnsweringServer.Answer(body: #"{"results":[],"hasMore":false}"#)
        } _: { url, server in
            let entries = try await Self.withReading(of: url, connector: .ruddr, Self.all)
            #expect(entries.isEmpty)
            #expect(server.targets.count == 4)
        }
    }

    @Test(
        "A list whose place the vendor does not know any more is begun anew, once",
        arguments: [400, 404, 410],
        [1, 2]
    )
    func listWhosePlaceIsLostIsBegunAnew(status: Int, losses: Int) async throws {
        try await AnsweringServer.run { request in
            guard request.target.hasPrefix("/api/workspace/contacts?") else {
                return AnsweringServer.Answer(body: #"{"results":[],"hasMore":false}"#)
            }
            guard request.target.contains("startingAfter=a") else {
                return AnsweringServer.Answer(body: #"{"results":[{"id":"a"}],"hasMore":true}"#)
            }
            guard request.attempt >= losses else { return AnsweringServer.Answer(status: status) }
            return AnsweringServer.Answer(body: #"{"results":[{"id":"b"}],"hasMore":false}"#)
        } _: { url, _ in
            guard losses == 1 else {
                let failure = await #expect(throws: CommandError.self) {
                    try await Self.withReading(of: url, connector: .ruddr, Self.all)
                }
                #expect(failure?.description.contains("--restart") == true)
                return
            }
            let lines = try await Self.withReading(of: url, connector: .ruddr, Self.all)
            #expect(
                lines.map { String(decoding: $0.line.bytes, as: UTF8.self) }
                    == ["a", "a", "b"].map { #"{"id":"\#($0)"}"# }
            )
        }
    }

    @Test("The list in hand is measured where the vendor counts it")
    func listInHandIsMeasured() async throws {
        try await AnsweringServer.run { request in
            let isFirst = request.target.contains("page=1&")
            let next = isFirst && request.target.hasPrefix("/customers/") ? #""x""# : "null"
            let ids = (0..<100).map { #"{"id":"\#(isFirst ? "a" : "b")\#($0)"}"# }.joined(separator: ",")
            return AnsweringServer.Answer(body: #"{"results":[\#(ids)],"next":\#(next),"count":150}"#)
        } _: { url, _ in
            try await Self.withReading(of: url, connector: .piriod) { reading in
                var last: [String: [Int64]] = [:]
                while let chunk = try await reading.next() {
                    last[chunk.part ?? ""] = [chunk.done, chunk.total ?? 0]
                }
                // A chunk may hold several lists; the last one is shown.
                #expect(last["contact"] == [100, 150])
                #expect(last[""] == nil)
            }
        }
    }

    @Test("Why it waits is told")
    func whyItWaitsIsTold() async throws {
        let told = Locked<[String]>([])
        try await AnsweringServer.run { request in
            guard request.attempt > 0 else {
                return AnsweringServer.Answer(status: 429, headers: ["Retry-After": "58"])
            }
            return AnsweringServer.Answer(body: Self.empty)
        } _: { url, _ in
            _ = try await Self.withReading(
                of: url,
                waits: { why, wait in told.withLock { $0.append("\(why) \(wait)") } }
            ) {
                try await Self.all($0)
            }
        }
        #expect(told.withLock { $0 } == Array(repeating: "the API asks to wait 58.0 seconds", count: 2))
    }

    @Test(
        "An address of another machine without TLS is told",
        arguments: [
            ("http://my.pivotal.app", true), ("https://my.pivotal.app", false), ("http://localhost:1", false),
            ("http://127.0.0.1:1", false), ("http://[::1]:1", false),
        ]
    )
    func addressInTheClearIsTold(url: String, isInTheClear: Bool) throws {
        #expect(ListTarget(url, of: try #require(Connector.named(.pivotal)?.lists))?.isInTheClear == isInTheClear)
    }

    @Test(
        "Addresses",
        arguments: [
            ("https://my.pivotal.app", "https://my.pivotal.app/api/v1"),
            ("HTTP://Localhost:8080/api/v1/", "http://localhost:8080/api/v1"),
            ("http://[::1]:80", "http://[::1]:80/api/v1"), ("ftp://h", nil), ("h", nil), ("http://u:p@h", nil),
            ("http://h?x=1", nil), ("http://h#f", nil), ("", nil),
        ]
    )
    func addressesAreRead(url: String, base: String?) throws {
        #expect(ListTarget(url, of: try #require(Connector.named(.pivotal)?.lists))?.base == base)
    }
}
