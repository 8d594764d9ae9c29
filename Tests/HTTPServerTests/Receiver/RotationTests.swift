import Connectors
import EventLog
import Foundation
import Locking
import PostgresTesting
import Testing
import WebhookSignatures
@testable import HTTPServer

/// Secrets are rotated while deliveries come: none is refused.
@Suite(.database, .timeLimit(.minutes(10)))
struct RotationTests {
    private static let hmac = HMACSourceSettings(
        header: "X-Signature",
        algorithm: "sha512",
        encoding: "base64",
        prefix: "v1=",
        timestamp: HMACTimestampSettings(header: "X-Time")
    )

    /// A sender of one source, which signs with whichever secret it was given last.
    private struct Sender: Sendable {
        let fixture: LogFixture
        let source: SourceID
        let connector: ConnectorName
        let scheme: SignatureScheme

        /// Sends one delivery; returns the status.
        func send(_ number: Int, secret: String) async throws -> Int {
            let body = Array(#"{"event":"customer.updated","object_id":"cus_\#(number)"}"#.utf8)
            let signer = try WebhookSigner(scheme: scheme, secrets: [SigningSecret(secret, for: scheme)])
            let headers = try signer.sign(body: body, deliveryID: "msg_\(number)", timestamp: UnixClock.seconds())
            return try await Answer.post(
                "/webhooks/\(source)",
                headers: headers.fields.map { ($0.name, $0.value) },
                body: body,
                to: fixture.server
            ).status
        }
    }

    /// What the lanes of a run share: the secrets in the order in which they were made, and how much was sent.
    private final class Load: Sendable {
        private struct State {
            var secrets: [String]
            var sent = 0
            var isOver = false
        }

        private let state: Locked<State>

        init(secret: String) {
            state = Locked(State(secrets: [secret, secret]))
        }

        var sent: Int { state.withLock { $0.sent } }

        func take(_ secret: String) { state.withLock { $0.secrets.append(secret) } }

        func end() { state.withLock { $0.isOver = true } }

        /// Sends with the newest secret, or the one so many before it, until the end; returns the statuses other than 202.
        func run(_ sender: Sender, age: Int) async throws -> [Int] {
            var refused: [Int] = []
            while let (number, secret) = next(age: age) {
                let status = try await sender.send(number, secret: secret)
                if status != 202 { refused.append(status) }
            }
            return refused
        }

        private func next(age: Int) -> (Int, String)? {
            state.withLock { state in
                guard !state.isOver else { return nil }
                state.sent += 1
                return (state.sent, state.secrets[state.secrets.count - 1 - age])
            }
        }
    }

    /// Half of the senders take a new secret at the moment it is made, the others only with the next.
    @Test(arguments: Senders.known.all.map(\.name))
    func rotationUnderLoadRefusesNothing(_ connector: ConnectorName) async throws {
        try await LogFixture.with { fixture in
            let settings = SourceSettings(hmac: connector == .hmac ? Self.hmac : nil)
            let issued = try await fixture.makeSource(connector, name: "s", settings: settings)
            let sender = Sender(
                fixture: fixture,
                source: issued.source,
                connector: connector,
                scheme: try Senders.known.sender(connector).scheme(settings)
            )
            let load = Load(secret: issued.text)
            let refused = try await withThrowingTaskGroup(of: [Int].self) { group in
                for lane in 0..<8 {
                    group.addTask { try await load.run(sender, age: lane % 2) }
                }
                for _ in 0..<8 {
                    let before = load.sent
                    try await until { load.sent >= before + 12 }
                    load.take(try await fixture.store.rotate(issued.source, overlap: .seconds(3600)).text)
                }
                load.end()
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(refused.isEmpty)
            let total = load.sent
            let logged = try await fixture.texts(
                "SELECT count(*)::text FROM hooklog.event WHERE source_id = \(issued.source.number)"
            )
            #expect(logged == [String(total)])
        }
    }

    /// The receiver is told nothing here and its cache is fresh: it must look before it refuses.
    ///
    /// Its clock may be behind.
    @Test(arguments: [Int64(0), 2, 60])
    func secretCountsFromTheMomentItIsMade(_ secondsBehind: Int64) async throws {
        try await LogFixture.with(listens: false, now: { UnixClock.seconds() - secondsBehind }) { fixture in
            let issued = try await fixture.makeSource(.github, name: "s")
            let sender = Sender(fixture: fixture, source: issued.source, connector: .github, scheme: .github)
            for round in 1...5 {
                let old = try await sender.send(round, secret: issued.text)
                #expect(old == 202)
                let new = try await fixture.store.rotate(issued.source, overlap: .seconds(60)).text
                let status = try await sender.send(1000 + round, secret: new)
                #expect(status == 202)
            }
        }
    }

    @Test func endedSecretIsRefusedAndSoIsAnotherSources() async throws {
        try await LogFixture.with { fixture in
            let issued = try await fixture.makeSource(.github, name: "a")
            let other = try await fixture.makeSource(.github, name: "b")
            let sender = Sender(fixture: fixture, source: issued.source, connector: .github, scheme: .github)
            #expect(try await sender.send(1, secret: issued.text) == 202)
            #expect(try await sender.send(2, secret: other.text) == 401)
            _ = try await fixture.store.rotate(issued.source, overlap: .zero)
            try await until { try await sender.send(3, secret: issued.text) != 202 }
            #expect(try await sender.send(4, secret: issued.text) == 401)
        }
    }

    /// Whoever sends nonsense has the source read again 20 times a second at most.
    @Test func floodOfBadSignaturesReadsTheSourceSeldom() async throws {
        try await LogFixture.with(listens: false) { fixture in
            let issued = try await fixture.makeSource(.github, name: "a")
            let sender = Sender(fixture: fixture, source: issued.source, connector: .github, scheme: .github)
            try await fixture.database.withConnection { connection in
                _ = try await connection.script(
                    """
                    CREATE SEQUENCE public.reads;
                    ALTER TABLE hooklog.source RENAME TO source_kept;
                    CREATE VIEW hooklog.source AS
                    SELECT k.* FROM hooklog.source_kept AS k
                    WHERE CASE WHEN k.source_id = \(issued.source.number) THEN nextval('public.reads') > 0 ELSE true END
                    """
                )
            }
            let start = ContinuousClock.now
            try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 1...200 { group.addTask { try await sender.send(number, secret: "nonsense") } }
                for try await status in group { #expect(status == 401) }
            }
            let elapsed = (ContinuousClock.now - start) / .milliseconds(50)
            let reads = try await fixture.texts(
                "SELECT CASE WHEN is_called THEN last_value ELSE 0 END::text FROM public.reads"
            )
            #expect(1...(Int(elapsed) + 2) ~= (reads.first.flatMap(Int.init) ?? 0))
            #expect(try await sender.send(201, secret: issued.text) == 202)
        }
    }
}
