import EventLog
import Foundation
import Postgres
import PostgresTesting
import Synchronization
import Testing

@testable import HTTPServer

@Suite(.timeLimit(.minutes(10)))
struct APIKeyUseRecorderTests {
    /// Runs `body` with a recorder that is not running, so that only the test flushes.
    private func withRecorder(
        keyLimit: Int = 100,
        _ body: @escaping @Sendable (QueryServer, APIKeyUseRecorder, Time) async throws -> Void
    ) async throws {
        try await QueryServer.with { server in
            let pipeline = PostgresPipeline(
                PostgresPipelineConfiguration(connection: server.database.configuration),
                logger: TestDatabase.logger
            )
            let time = Time()
            let recorder = APIKeyUseRecorder(pipeline: pipeline, logger: TestDatabase.logger, keyLimit: keyLimit) {
                PostgresTimestamp(microsecondsSince1970: time.microseconds)
            }
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await pipeline.run() }
                try await body(server, recorder, time)
                group.cancelAll()
            }
        }
    }

    private final class Time: Sendable {
        private let value = Mutex<Int64>(1_000_000)

        var microseconds: Int64 {
            get { value.withLock { $0 } }
            set { value.withLock { $0 = newValue } }
        }
    }

    private func lastUses(_ server: QueryServer) async throws -> [Int64?] {
        let keys = try await APIKeyStore(pool: server.pool).list(in: server.workspace.id)
        return keys.map { $0.lastUsedAt?.microsecondsSince1970 }
    }

    @Test func usesAreWrittenAtTheFlushOnly() async throws {
        try await withRecorder { server, recorder, _ in
            let text = try await server.makeKey().text
            _ = try await server.makeKey()
            let key = try #require(APIKeyText(text))
            recorder.note(key)
            #expect(try await lastUses(server) == [nil, nil])
            await recorder.flush()
            #expect(try await lastUses(server) == [1_000_000, nil])
        }
    }

    @Test func timeNeverMovesBack() async throws {
        try await withRecorder { server, recorder, time in
            let key = try #require(APIKeyText(try await server.makeKey().text))
            recorder.note(key)
            await recorder.flush()
            time.microseconds = 500_000
            recorder.note(key)
            await recorder.flush()
            #expect(try await lastUses(server) == [1_000_000])
        }
    }

    @Test func keysBeyondTheLimitGoUnrecorded() async throws {
        try await withRecorder(keyLimit: 2) { server, recorder, _ in
            for _ in 0..<3 {
                recorder.note(try #require(APIKeyText(try await server.makeKey().text)))
            }
            await recorder.flush()
            #expect(try await lastUses(server) == [1_000_000, 1_000_000, nil])
        }
    }

    @Test func whatCouldNotBeWrittenIsTriedAgain() async throws {
        try await withRecorder { server, recorder, _ in
            recorder.note(try #require(APIKeyText(try await server.makeKey().text)))
            try await server.script("ALTER FUNCTION hooklog.touch_api_keys RENAME TO elsewhere")
            await recorder.flush()
            try await server.script("ALTER FUNCTION hooklog.elsewhere RENAME TO touch_api_keys")
            await recorder.flush()
            #expect(try await lastUses(server) == [1_000_000])
        }
    }
}
