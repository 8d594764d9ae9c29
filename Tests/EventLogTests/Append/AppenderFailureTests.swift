import Connectors
import EventLog
import Postgres
import PostgresTesting
import ServiceLifecycle
import ServiceLifecycleTestKit
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct AppenderFailureTests {
    /// Runs `statement` after each insert into the ledger.
    private func trigger(_ statement: String, on log: LogDatabase) async throws {
        try await log.script(
            """
            CREATE FUNCTION disturb() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \(statement); RETURN NULL; END $$;
            CREATE TRIGGER disturb AFTER INSERT ON hooklog.delivery FOR EACH ROW EXECUTE FUNCTION disturb();
            """
        )
    }

    @Test func warningIsNotAcknowledged() async throws {
        let log = try LogDatabase.required()
        let delivery = VerifiedWebhook.pivotal(.sample(try await log.workspace()), id: "evt")
        try await trigger("RAISE WARNING 'canceling wait for synchronous replication'", on: log)
        let receipt = try await log.withAppender { appender in
            let error = await #expect(throws: EventLogError.self) { try await appender.append(delivery) }
            #expect(error?.code == .unavailable)
            #expect(error?.retryAfter != nil)
            try await log.script("DROP TRIGGER disturb ON hooklog.delivery")
            return try await appender.append(delivery)
        }
        #expect(receipt == AppendReceipt(position: Position(rawValue: 1), outcome: .duplicate))
    }

    @Test func noticeIsNoWarning() async throws {
        let log = try LogDatabase.required()
        let delivery = VerifiedWebhook.pivotal(.sample(try await log.workspace()), id: "evt")
        try await trigger("RAISE NOTICE 'nothing'", on: log)
        #expect(try await log.withAppender { try await $0.append(delivery) }.outcome == .inserted)
    }

    @Test func receiptComesAfterTheCommit() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await log.withAppender { appender in
            for number in 1...50 {
                let receipt = try await appender.append(.pivotal(.sample(workspace), id: "\(number)"))
                let sql = "SELECT count(*) FROM hooklog.event WHERE position = \(receipt.position)"
                #expect(try await log.value(sql, as: Int64.self) == 1)
            }
        }
    }

    @Test func commitThatFailsIsNotAcknowledged() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await log.script(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '53100'; END $$;
            CREATE CONSTRAINT TRIGGER refuse AFTER INSERT ON hooklog.delivery DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION refuse();
            """
        )
        let error = await #expect(throws: EventLogError.self) {
            try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "a")) }
        }
        #expect(error?.code == .unavailable)
        #expect(try await log.value("SELECT count(*) FROM hooklog.event", as: Int64.self) == 0)
    }

    @Test func refusedDeliveryDoesNotFailItsNeighbours() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let bad = VerifiedWebhook(
            source: .sample(workspace),
            sender: .known(.hmac),
            deliveryID: nil,
            headers: "not JSON",
            body: Array("bad".utf8)
        )
        let answers = try await log.withAppender(EventAppenderConfiguration { $0.workers = 1 }) { appender in
            try await withLockedHead(of: workspace, on: log, until: { appender.queueDepth == 12 }) {
                await withTaskGroup(of: EventLogError.Code?.self) { group in
                    for number in 0..<11 {
                        group.addTask {
                            await code { try await appender.append(.pivotal(.sample(workspace), id: "\(number)")) }
                        }
                    }
                    group.addTask { await code { try await appender.append(bad) } }
                    return await group.reduce(into: []) { $0.append($1) }
                }
            }
        }
        #expect(answers.count { $0 == nil } == 11)
        #expect(answers.compactMap(\.self) == [.refused])
        #expect(try await log.value("SELECT count(*) FROM hooklog.event", as: Int64.self) == 11)
    }

    @Test func fullQueueRefusesAtOnce() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let configuration = EventAppenderConfiguration {
            $0.workers = 1
            $0.queueCount = 3
        }
        try await log.withAppender(configuration) { appender in
            let answers = try await withLockedHead(of: workspace, on: log, until: { appender.queueDepth == 3 }) {
                try await withThrowingTaskGroup(of: EventLogError.Code?.self) { group in
                    for number in 0..<3 {
                        group.addTask {
                            await code { try await appender.append(.pivotal(.sample(workspace), id: "\(number)")) }
                        }
                    }
                    try await until { appender.queueDepth == 3 }
                    let refused = await code { try await appender.append(.pivotal(.sample(workspace), id: "x")) }
                    #expect(refused == .queueFull)
                    return try await group.reduce(into: []) { $0.append($1) }
                }
            }
            #expect(answers == [nil, nil, nil])
            #expect(appender.queueDepth == 0)
        }
    }

    @Test func deadlineAnswersButTheAppendGoesOn() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let configuration = EventAppenderConfiguration {
            $0.workers = 1
            $0.callTimeout = .milliseconds(300)
        }
        try await log.withAppender(configuration) { appender in
            let delivery = VerifiedWebhook.pivotal(.sample(workspace), id: "evt")
            let answer = try await whileHeadIsLocked(of: workspace, on: log) {
                await code { try await appender.append(delivery) }
            }
            #expect(answer == .unavailable)
            try await until { try await log.value("SELECT count(*) FROM hooklog.event", as: Int64.self) == 1 }
        }
    }

    @Test func cancellationEndsTheWaitOnly() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await log.withAppender(EventAppenderConfiguration { $0.workers = 1 }) { appender in
            let answer = try await whileHeadIsLocked(of: workspace, on: log) {
                try await withThrowingTaskGroup(of: EventLogError.Code?.self) { group in
                    group.addTask { await code { try await appender.append(.pivotal(.sample(workspace), id: "a")) } }
                    try await until { appender.queueDepth > 0 }
                    group.cancelAll()
                    return try await group.next() ?? nil
                }
            }
            #expect(answer == .cancelled)
            try await until { try await log.value("SELECT count(*) FROM hooklog.event", as: Int64.self) == 1 }
        }
    }

    @Test func gracefulShutdownFinishesWhatWasAccepted() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let pool = log.appendPool()
        let appender = EventAppender(pool: pool, activity: LogActivity(), logger: TestDatabase.logger)
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: EventLogError.Code?.self) { group in
                group.addTask {
                    try await appender.run()
                    return nil
                }
                let late = try await whileHeadIsLocked(of: workspace, on: log) {
                    for number in 0..<20 {
                        group.addTask {
                            await code { try await appender.append(.pivotal(.sample(workspace), id: "\(number)")) }
                        }
                    }
                    try await until { appender.queueDepth >= 20 }
                    trigger.triggerGracefulShutdown()
                    var late: EventLogError.Code?
                    while late == nil {
                        late = await code { try await appender.append(.pivotal(.sample(workspace), id: "late")) }
                    }
                    return late
                }
                #expect(late == .unavailable)
                for try await answer in group { #expect(answer == nil) }
            }
        }
        #expect(
            try await log.value("SELECT count(*) FROM hooklog.event WHERE event_id <> 'late'", as: Int64.self) == 20
        )
        await pool.shutdown(deadline: .now + .seconds(5))
    }

    @Test func shutdownIsBounded() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let pool = log.appendPool()
        let appender = EventAppender(
            pool: pool,
            activity: LogActivity(),
            configuration: EventAppenderConfiguration { $0.drainTimeout = .milliseconds(200) },
            logger: TestDatabase.logger
        )
        try await testGracefulShutdown { trigger in
            let answers = try await whileHeadIsLocked(of: workspace, on: log) {
                try await withThrowingTaskGroup(of: EventLogError.Code?.self) { group in
                    group.addTask { await code { try await appender.run() } }
                    group.addTask { await code { try await appender.append(.pivotal(.sample(workspace), id: "a")) } }
                    try await until { appender.queueDepth > 0 }
                    trigger.triggerGracefulShutdown()
                    var answers: [EventLogError.Code?] = []
                    for try await answer in group { answers.append(answer) }
                    return answers
                }
            }
            #expect(answers.count { $0 == .unavailable } == 1)
        }
        await pool.shutdown(deadline: .now + .seconds(5))
    }

    @Test func activityFollowsTheCommit() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let activity = LogActivity()
        let subscription = activity.subscribe()
        try await log.withAppender(activity: activity) { appender in
            _ = try await appender.append(.pivotal(.sample(workspace), id: "a"))
            #expect(await subscription.next()?.workspaces == [workspace])
        }
    }
}
