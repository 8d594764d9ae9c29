import Connectors
import EventLog
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct UpkeepTests {
    private let partitions = "SELECT count(*) FROM pg_inherits WHERE inhparent = 'hooklog.event'::regclass"

    private func dropLastPartition(_ log: LogDatabase) async throws {
        let last: String = try await log.value(
            "SELECT max(relname) FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'hooklog.event'::regclass"
        )
        try await log.script("DROP TABLE hooklog.\(last)")
    }

    @Test func missingPartitionsAreMade() async throws {
        let log = try LogDatabase.required()
        let keeper = PartitionKeeper(pool: log.pool, logger: TestDatabase.logger)
        #expect(try await keeper.keep() == 12)
        for _ in 0..<3 { try await dropLastPartition(log) }
        #expect(try await keeper.keep() == 12)
        #expect(try await log.value(partitions, as: Int64.self) == 13)
    }

    @Test func partitionIsMadeBesideAnOpenQuery() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        try await dropLastPartition(log)
        let keeper = PartitionKeeper(pool: log.pool, logger: TestDatabase.logger)
        try await log.database.withConnection { reader in
            try await reader.script("BEGIN; SELECT count(*) FROM hooklog.event")
            #expect(try await keeper.keep() == 12)
            _ = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "a")) }
        }
    }

    @Test func lockThatIsNotHadIsTriedAgain() async throws {
        let log = try LogDatabase.required()
        try await dropLastPartition(log)
        let keeper = PartitionKeeper(pool: log.pool, logger: TestDatabase.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            try await log.database.withConnection { holder in
                try await holder.script("BEGIN; LOCK TABLE hooklog.event IN ACCESS EXCLUSIVE MODE")
                #expect(await code { try await keeper.keep() } == .unavailable)
                group.addTask { try await keeper.run() }
                try await holder.script("COMMIT")
            }
            try await until { try await log.value(partitions, as: Int64.self) == 13 }
            group.cancelAll()
        }
    }

    @Test func partitionsMadeAtOnceDoNotCollide() async throws {
        let log = try LogDatabase.required()
        for _ in 0..<5 { try await dropLastPartition(log) }
        let keeper = PartitionKeeper(pool: log.pool, logger: TestDatabase.logger)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    try await until { await code({ try await keeper.keep() }) == nil }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await log.value(partitions, as: Int64.self) == 13)
    }

    @Test func floorMovesToTheLastEvent() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let upkeep = WorkspaceUpkeep(pool: log.pool)
        #expect(try await upkeep.moveFloor(of: workspace) == false)
        try await log.withAppender { appender in
            for number in 1...5 { _ = try await appender.append(.pivotal(.sample(workspace), id: "\(number)")) }
        }
        #expect(try await upkeep.moveFloor(of: workspace))
        #expect(try await upkeep.moveFloor(of: workspace) == false)
        #expect(try await log.value("SELECT floor_position FROM hooklog.log_head", as: Int64.self) == 5)
        let receipt = try await log.withAppender { try await $0.append(.pivotal(.sample(workspace), id: "6")) }
        #expect(receipt.position.rawValue == 6)
        let reader = EventReader(pool: log.pool, senders: .known)
        #expect(try await reader.head(of: workspace).position.rawValue == 6)
        #expect(try await upkeep.moveFloor(of: WorkspaceID(rawValue: 404)) == false)
    }

    @Test func floorsOfGrownLogsMove() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let activity = LogActivity()
        let keeper = WorkspaceKeeper(
            activity: activity,
            interval: .milliseconds(20),
            logger: TestDatabase.logger,
            failure: "A log's floor was not moved"
        ) { (workspace) async throws(EventLogError) in
            try await WorkspaceUpkeep(pool: log.pool).moveFloor(of: workspace)
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await keeper.run() }
            try await until {
                let receipt = try await log.withAppender(activity: activity) {
                    try await $0.append(.pivotal(.sample(workspace), id: "\(UInt64.random(in: 0 ... .max))"))
                }
                #expect(receipt.outcome == .inserted)
                return try await log.value("SELECT floor_position > 0 FROM hooklog.log_head", as: Bool.self)
            }
            group.cancelAll()
        }
    }

    @Test func floorMovesWhileOthersAppend() async throws {
        let log = try LogDatabase.required()
        let workspace = try await log.workspace()
        let upkeep = WorkspaceUpkeep(pool: log.pool)
        try await log.withAppender { appender in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for caller in 0..<8 {
                    group.addTask {
                        for number in 0..<25 {
                            _ = try await appender.append(.pivotal(.sample(workspace), id: "\(caller)-\(number)"))
                            if number % 5 == 0 { _ = try await upkeep.moveFloor(of: workspace) }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        #expect(
            try await log.value("SELECT max(position) = count(*) AND count(*) = 200 FROM hooklog.event", as: Bool.self)
        )
    }
}
