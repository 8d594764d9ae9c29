import EventLog
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(3)))
struct HostileBodyTests {
    struct Body: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let isRepresentable: Bool

        init(_ name: String, _ text: String, isRepresentable: Bool = false) {
            self.init(name, Array(text.utf8), isRepresentable: isRepresentable)
        }

        init(_ name: String, _ bytes: [UInt8], isRepresentable: Bool = false) {
            self.name = name
            self.bytes = bytes
            self.isRepresentable = isRepresentable
        }

        var testDescription: String { name }
    }

    static let bodies: [Body] = [
        Body("empty", []),
        Body("white space", " \r\n\t"),
        Body("NUL", [0]),
        Body("NUL inside JSON", [0x7B, 0x00, 0x7D]),
        Body("byte order mark", [0xEF, 0xBB, 0xBF, 0x7B, 0x7D]),
        Body("invalid UTF-8", [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]),
        Body("overlong UTF-8", [0x22, 0xC0, 0x80, 0x22]),
        Body("escaped NUL", #"{"id":"nul","a":"\u0000"}"#),
        Body("lone high surrogate", #"{"id":"hi","a":"\ud800"}"#),
        Body("lone low surrogate", #"{"id":"lo","a":"\udc00"}"#),
        Body("depth 100 000", String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)),
        Body("unclosed depth", String(repeating: #"{"a":"#, count: 50_000)),
        Body("29-digit number", #"{"id":"n29","a":12345678901234567890123456789}"#, isRepresentable: true),
        Body("repeated keys", #"{"id":"rep","a":1,"a":2}"#, isRepresentable: true),
        Body("1e400", #"{"id":"e400","a":1e400}"#, isRepresentable: true),
        Body("1e401", #"{"id":"e401","a":1e401}"#),
        Body("1e131071", #"{"id":"e131071","a":1e131071}"#),
        Body("1e131072", #"{"id":"e131072","a":1e131072}"#),
        Body("1e-500", #"{"id":"e-500","a":[{"b":1e-500}]}"#),
        Body("a number alone", "1e999"),
        Body("after a bracket", "[-1e999]"),
        Body("after a line's end", "[1,\n1.50E+0999]"),
        Body("after a tab", "{\"id\":\"tab\",\"a\":\t0.1e-999}"),
        Body("digits in a string", #"{"id":"3e999","a":"x 1e999"}"#, isRepresentable: true),
        Body("many large numbers", "[" + Array(repeating: "1e131000", count: 4000).joined(separator: ",") + "]"),
        Body("id of 300 bytes", #"{"id":"\#(String(repeating: "x", count: 300))"}"#, isRepresentable: true),
        Body("id of another type", #"{"id":{"a":1}}"#, isRepresentable: true),
        Body("empty id", #"{"id":""}"#, isRepresentable: true),
        Body("huge type", #"{"id":"ty","type":"\#(String(repeating: "t", count: 100_000))"}"#, isRepresentable: true),
        Body(
            "type is a number",
            #"{"id":"tn","type":7,"created_at":[],"livemode":"maybe","data":3}"#,
            isRepresentable: true
        ),
        Body(
            "huge entity id",
            #"{"id":"he","type":"a.b","data":{"id":"\#(String(repeating: "e", count: 9000))"}}"#,
            isRepresentable: true
        ),
        Body("not an object", "[1,2,3]", isRepresentable: true),
        Body("a string", #""just text""#, isRepresentable: true),
        Body("null", "null", isRepresentable: true),
        Body("not JSON", "a=1&b=2"),
        Body("NaN", #"{"a":NaN}"#),
        Body("infinite time", #"{"id":"inf","type":"a.b","timestamp":"infinity"}"#, isRepresentable: true),
        Body("large text", #"{"id":"big","a":"\#(String(repeating: "é", count: 500_000))"}"#, isRepresentable: true),
    ]

    @Test(arguments: bodies)
    func bodyIsStoredExactlyBesideItsNeighbours(_ body: Body) async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let source = SourceID.sample(workspace)
        let good = ["good_1", "good_2", "good_3"].map { VerifiedWebhook.pivotal(source, id: $0) }
        let deliveries = [good[0], .raw(source, body.bytes), good[1], good[2]]
        let outcomes = try await append(deliveries, to: log, workspace: workspace)
        #expect(outcomes == ["inserted", "inserted", "inserted", "inserted"])
        let stored: [[UInt8]] = try await log.column("SELECT body FROM hooklog.event ORDER BY position")
        #expect(stored == deliveries.map(\.body))
        let payloads: [Bool] = try await log.column("SELECT payload IS NOT NULL FROM hooklog.event ORDER BY position")
        #expect(payloads == [true, body.isRepresentable, true, true])
        let types: [String] = try await log.column("SELECT type FROM hooklog.event ORDER BY position")
        #expect([types[0], types[2], types[3]] == Array(repeating: "customer.updated", count: 3))
        #expect((types[1] == "unparsed") == !body.isRepresentable)
        #expect(try await log.value("SELECT max(octet_length(event_id)) FROM hooklog.event", as: Int32.self) <= 255)
    }

    @Test func allOfThemAtOnceAreStored() async throws {
        let log = try LogDatabase.required()
        let source = SourceID.sample(try await log.workspace())
        let outcomes = try await log.withAppender { appender in
            try await withThrowingTaskGroup(of: AppendReceipt.Outcome.self) { group in
                for body in Self.bodies {
                    group.addTask { try await appender.append(.raw(source, body.bytes)).outcome }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        #expect(outcomes == Array(repeating: .inserted, count: Self.bodies.count))
        let stored: [[UInt8]] = try await log.column("SELECT body FROM hooklog.event")
        #expect(Set(stored) == Set(Self.bodies.map(\.bytes)))
    }

    /// One batch for certain, whatever the scheduling.
    private func append(
        _ deliveries: [VerifiedWebhook],
        to log: LogDatabase,
        workspace: WorkspaceID
    ) async throws -> [String] {
        let sql = "SELECT outcome FROM hooklog.append($1, $2, $3, $4, $5, $6, $7) ORDER BY ordinal"
        let result = try await log.pool.query(
            PostgresStatement(name: "append", sql: sql),
            [
                .int8(workspace.rawValue), .int8Array(deliveries.map(\.source.number)),
                .textArray(deliveries.map(\.connector.rawValue)), .textArray(deliveries.map(\.deliveryID)),
                .jsonbArray(deliveries.map(\.headers)), .byteaArray(deliveries.map(\.body)), .text(nil),
            ]
        )
        return try result.rows.map { try $0.decode(0, as: String.self) }
    }
}
