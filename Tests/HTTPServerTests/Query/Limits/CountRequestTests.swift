import EventLog
import Postgres
import PostgresTesting
import Schema
import Seeding
import Testing

@testable import HTTPServer

/// `hooklog.count_request` on PostgreSQL.
@Suite(.timeLimit(.minutes(10)))
struct CountRequestTests {
    private static let statement = SQLLibrary.call("count_request", 6)

    private func count(
        _ server: QueryServer,
        _ key: APIKeyText,
        unreported: Int = 0,
        ahead: Int = 0,
        at microseconds: Int64?
    ) async throws -> RequestCount {
        let time = microseconds.map { PostgresTimestamp(microsecondsSince1970: $0) }
        let parameters: [PostgresParameter] = [
            .int8(key.workspace.rawValue), .int8(key.keyID.rawValue), .bytea(key.sha256), .int4(Int32(unreported)),
            .int4(Int32(ahead)),
            .timestamptz(time),
        ]
        return try RequestCount(try await server.pool.query(Self.statement, parameters))
    }

    private func window(_ count: RequestCount) throws -> RequestCount.Window {
        guard case .limited(let window) = count else { throw NotLimited() }
        return window
    }

    private struct NotLimited: Error {}

    private func key(_ server: QueryServer, limit: Int32?) async throws -> APIKeyText {
        try #require(APIKeyText(try await server.makeKey(rateLimit: limit).text))
    }

    private func usages(_ server: QueryServer) async throws -> Int64 {
        let statement = PostgresStatement(name: "usages", sql: "SELECT count(*) FROM hooklog.api_key_usage")
        return try #require(try await server.pool.query(statement).first).decode(0)
    }

    @Test func keyWithoutALimitLeavesNoTrace() async throws {
        try await QueryServer.with { server in
            let key = try await key(server, limit: nil)
            #expect(try await count(server, key, at: nil) == .unlimited)
            #expect(try await usages(server) == 0)
        }
    }

    @Test func keyThatIsNotValidLeavesNoTrace() async throws {
        try await QueryServer.with { server in
            let unknown = try #require(APIKeyText.sample(1))
            #expect(try await count(server, unknown, at: nil) == .invalidKey)
            let issued = try await server.makeKey(rateLimit: 5)
            _ = try await APIKeyStore(pool: server.pool).revoke(issued.key.id, in: server.workspace.id)
            #expect(try await count(server, try #require(APIKeyText(issued.text)), at: nil) == .invalidKey)
            #expect(try await usages(server) == 0)
        }
    }

    @Test func requestCountsForAMinuteAfterTheLastOfItsSecond() async throws {
        try await QueryServer.with { server in
            let key = try await key(server, limit: 2)
            _ = try await count(server, key, at: 100_000_000)
            let second = try window(try await count(server, key, at: 100_700_000))
            #expect(second.used == 2)
            #expect(second.freesAt.microsecondsSince1970 == 160_700_000)
            let refused = try window(try await count(server, key, at: 160_699_999))
            #expect(!refused.isAdmitted)
            #expect(refused.secondsToWait == 1)
            #expect(try window(try await count(server, key, at: 160_700_000)).used == 1)
        }
    }

    @Test func databaseClockIsTheDefault() async throws {
        try await QueryServer.with { server in
            let key = try await key(server, limit: 1)
            let first = try window(try await count(server, key, at: nil))
            let second = try window(try await count(server, key, at: nil))
            #expect(first.isAdmitted && !second.isAdmitted)
            #expect(second.countedAt > first.countedAt)
            #expect((59...60).contains(second.secondsToWait))
        }
    }

    @Test func creditIsCountedBeyondTheLimit() async throws {
        try await QueryServer.with { server in
            let key = try await key(server, limit: 5)
            let count = try window(try await count(server, key, unreported: 7, at: 100_000_000))
            #expect(!count.isAdmitted)
            #expect(count.used == 7)
        }
    }

    @Test func creditThatOtherCountsCarryKeepsItsRoom() async throws {
        try await QueryServer.with { server in
            let key = try await key(server, limit: 3)
            #expect(try window(try await count(server, key, at: 100_000_000)).isAdmitted)
            let overtaking = try window(try await count(server, key, ahead: 2, at: 100_000_000))
            #expect(!overtaking.isAdmitted)
            #expect(overtaking.used == 1)
            let overtaken = try window(try await count(server, key, unreported: 2, at: 100_000_000))
            #expect(!overtaken.isAdmitted)
            #expect(overtaken.used == 3)
        }
    }

    @Test func clockThatIsSetBackIsSurvived() async throws {
        try await QueryServer.with { server in
            let key = try await key(server, limit: 2)
            _ = try await count(server, key, at: 1_000_000_000)
            // A little: the request joins the newest entry.
            let little = try window(try await count(server, key, at: 999_000_000))
            #expect(little.used == 2)
            #expect(little.countedAt.microsecondsSince1970 == 1_000_000_000)
            #expect(try window(try await count(server, key, at: 999_000_000)).isAdmitted == false)
            // A lot: what was counted in that future is forgotten.
            #expect(try window(try await count(server, key, at: 500_000_000)).used == 1)
        }
    }

    @Test func functionAgreesWithTheModel() async throws {
        try await QueryServer.with { server in
            var random = SeededGenerator(seed: 42)
            for limit in [1, 3, 40, 1200] {
                let key = try await key(server, limit: Int32(limit))
                var model = ModelLedger(limit: limit)
                var now: Int64 = 1_000_000_000
                for _ in 0..<300 {
                    now += Int64.random(in: 0...(limit > 100 ? 300_000 : 5_000_000), using: &random)
                    let unreported = Int.random(in: 0...3, using: &random) / 3 * Int.random(in: 0...20, using: &random)
                    let counted = try window(try await count(server, key, unreported: unreported, at: now))
                    #expect(counted == model.count(unreported: unreported, at: now))
                }
            }
        }
    }

    @Test func countsAtOnceAdmitTheLimit() async throws {
        try await QueryServer.with { server in
            let key = try await key(server, limit: 20)
            let admitted = try await withThrowingTaskGroup { group in
                for _ in 0..<64 {
                    group.addTask { try window(try await count(server, key, at: nil)).isAdmitted ? 1 : 0 }
                }
                return try await group.reduce(0, +)
            }
            #expect(admitted == 20)
        }
    }
}
