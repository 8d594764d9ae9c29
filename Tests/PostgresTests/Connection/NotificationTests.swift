import Postgres
import PostgresTesting
import Testing

@Suite(.database, .timeLimit(.minutes(10)))
struct NotificationTests {
    @Test func notificationWakesTheListener() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { listener in
            try await listener.listen(["activity", "Odd \"name\""])
            try await database.withConnection { sender in
                async let received = listener.waitForNotifications(until: .now + .seconds(30))
                try await sender.script("NOTIFY activity, 'one'")
                let first = try await received
                #expect(first.map(\.channel) == ["activity"])
                #expect(first.map(\.payload) == ["one"])
                try await sender.script(#"NOTIFY "Odd ""name""", 'two'"#)
                let second = try await listener.waitForNotifications(until: .now + .seconds(30))
                #expect(second.map(\.payload) == ["two"])
            }
        }
    }

    @Test func waitEndsAtTheDeadline() async throws {
        try await TestDatabase.withConnection { listener in
            try await listener.listen(["quiet"])
            let clock = ContinuousClock()
            let start = clock.now
            #expect(try await listener.waitForNotifications(until: .now + .milliseconds(100)).isEmpty)
            #expect(clock.now - start >= .milliseconds(100))
            #expect(try await listener.waitForNotifications(until: .now - .seconds(1)).isEmpty)
            #expect(listener.isReusable)
        }
    }

    @Test func cancellationEndsTheWait() async throws {
        try await TestDatabase.withConnection { listener in
            try await listener.listen(["quiet"])
            let error = await #expect(throws: PostgresError.self) {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { _ = try await listener.waitForNotifications(until: .now + .seconds(300)) }
                    await Task.yield()
                    group.cancelAll()
                    try await group.waitForAll()
                }
            }
            #expect(error?.code == .cancelled)
            #expect(listener.isReusable)
        }
    }

    @Test func brokenConnectionEndsTheWait() async throws {
        let database = try #require(TestDatabase.current)
        try await database.withConnection { listener in
            try await listener.listen(["quiet"])
            try await database.withConnection { other in
                async let received = listener.waitForNotifications(until: .now + .seconds(300))
                let terminate = PostgresStatement(name: "terminate", sql: "SELECT pg_terminate_backend($1)")
                _ = try await other.query(terminate, [.int4(listener.processID)])
                do {
                    _ = try await received
                    Issue.record("the connection is gone")
                } catch {
                    #expect((error as? PostgresError)?.code == .connectionLost)
                }
                #expect(!listener.isReusable)
            }
        }
    }

    @Test func notificationsDuringOtherCallsAreKept() async throws {
        try await TestDatabase.withConnection { listener in
            try await listener.listen(["self"])
            try await listener.script("NOTIFY self, 'kept'")
            _ = try await listener.query(PostgresStatement(name: "one", sql: "SELECT 1"))
            let received = try await listener.waitForNotifications(until: .now + .seconds(30))
            #expect(received.map(\.payload) == ["kept"])
        }
    }
}
