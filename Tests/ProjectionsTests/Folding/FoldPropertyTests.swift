import EventLog
import PostgresTesting
import Seeding
import Testing

/// The read model is a pure function of the log, whatever the order of arrival, the pages and the failures.
@Suite(.timeLimit(.minutes(10)))
struct FoldPropertyTests {
    @Test(arguments: [UInt64(1), 2, 3]) func randomHistoriesEqualTheReferenceAndARebuild(seed: UInt64) async throws {
        try await ProjectionHarness.run { harness in
            // With small and large intervals, so that late events meet notes of every age.
            try await harness.noteEvery(bytes: [3_000, 9_000, 4_194_304][Int(seed % 3)])
            var generator = SeededGenerator(seed: seed)
            var logs: [WorkspaceID: [ContactEvent]] = [:]
            for round in 0..<25 {
                let workspace = round == 0 ? .first : try await harness.workspace("w\(round)")
                logs[workspace] = try await deliver(harness, workspace, &generator)
            }
            let rebuilt = try await harness.number("SELECT hooklog.start_rebuild('directory')")
            for (workspace, log) in logs {
                try await harness.project(workspace, "directory", rebuilt)
                let expected = ReferenceFold.rows(log)
                for generation in [1, rebuilt] {
                    let query = ReferenceFold.query(
                        table: "hooklog_data.contact_\(generation)",
                        workspace: workspace.rawValue
                    )
                    #expect(try await harness.rows(query) == expected, "seed \(seed), workspace \(workspace)")
                }
            }
            #expect(try await harness.differences("hooklog_data.contact_1", "hooklog_data.contact_\(rebuilt)") == [])
        }
    }

    /// Delivers a random history shuffled and with duplicates, and projects in random pages now and then.
    private func deliver(
        _ harness: ProjectionHarness,
        _ workspace: WorkspaceID,
        _ generator: inout SeededGenerator
    ) async throws -> [ContactEvent] {
        let history = ContactEvent.history(Int.random(in: 5...70, using: &generator), using: &generator)
        var rest = history.shuffled(using: &generator)
        var log: [ContactEvent] = []
        while !rest.isEmpty {
            let batch = Array(rest.prefix(Int.random(in: 1...12, using: &generator)))
            rest.removeFirst(batch.count)
            let repeated = log.randomElement(using: &generator).map { [$0] } ?? []
            let outcomes = try await harness.append((repeated + batch).map(\.body), to: workspace)
            #expect(outcomes == repeated.map { _ in "duplicate" } + batch.map { _ in "inserted" })
            log += batch
            if Bool.random(using: &generator) {
                try await failInMidPage(harness, workspace)
                try await harness.step(workspace, limit: Int32.random(in: 1...30, using: &generator))
            }
        }
        try await harness.project(workspace, limit: Int32.random(in: 1...30, using: &generator))
        return log
    }

    /// Folds a page and rolls it back, as when the server dies before the commit.
    private func failInMidPage(_ harness: ProjectionHarness, _ workspace: WorkspaceID) async throws {
        try await harness.connection.script("BEGIN")
        try await harness.step(workspace)
        try await harness.connection.script("ROLLBACK")
    }

    @Test func tiesInTimeAreOrderedBySequence() async throws {
        try await ProjectionHarness.run { harness in
            var log = [
                ContactEvent(id: 1, entity: "c", second: 5, sequence: 20, values: ["a": 20, "b": 20]),
                ContactEvent(id: 2, entity: "c", second: 5, sequence: 3, values: ["a": 3, "c": 3]),
                ContactEvent(id: 3, entity: "c", action: .deleted, second: 5, sequence: 19, values: ["c": 19]),
                ContactEvent(id: 4, entity: "c", second: 4, sequence: 99, values: ["a": 99, "d": 99]),
            ]
            let query = ReferenceFold.query(table: "hooklog.contact", workspace: 1)
            for count in 1...log.count {
                try await harness.append([log[count - 1].body])
                try await harness.project()
                #expect(try await harness.rows(query) == ReferenceFold.rows(Array(log.prefix(count))))
            }
            #expect(
                try await harness.rows(
                    "SELECT document ->> 'a', document ->> 'c', deleted_at IS NULL FROM hooklog.contact"
                ) == ["20|19|true"]
            )
            // What has no sequence, as a command's event, comes last.
            log.append(ContactEvent(id: 5, entity: "c", second: 5, values: ["a": 1]))
            try await harness.append([log[4].body])
            try await harness.project()
            #expect(try await harness.rows(query) == ReferenceFold.rows(log))
        }
    }

    @Test func tiesInTimeAreOrderedByPosition() async throws {
        try await ProjectionHarness.run { harness in
            let log = [
                ContactEvent(id: 1, entity: "c", second: 5, values: ["a": 1, "b": 1]),
                ContactEvent(id: 2, entity: "c", second: 5, values: ["a": 2]),
                ContactEvent(id: 3, entity: "c", action: .deleted, second: 5),
            ]
            for event in log {
                try await harness.append([event.body])
                try await harness.project()
            }
            let query = ReferenceFold.query(table: "hooklog.contact", workspace: 1)
            #expect(try await harness.rows(query) == ReferenceFold.rows(log))
        }
    }

    @Test func lateEventFillsOnlyTheKeysThatNothingNewerCarries() async throws {
        try await ProjectionHarness.run { harness in
            let log = [
                ContactEvent(id: 1, entity: "c", second: 10, values: ["a": 1]),
                ContactEvent(id: 2, entity: "c", second: 30, values: ["b": 2]),
                ContactEvent(id: 3, entity: "c", action: .deleted, second: 20, values: ["a": 3, "b": 3, "c": 3]),
                ContactEvent(id: 4, entity: "c", second: 1, values: ["a": 4, "d": 4]),
            ]
            for event in log {
                try await harness.append([event.body])
                try await harness.project()
            }
            let query = ReferenceFold.query(table: "hooklog.contact", workspace: 1)
            #expect(try await harness.rows(query) == ReferenceFold.rows(log))
            let document = try await harness.rows(
                "SELECT document ->> 'a', document ->> 'b', document ->> 'd' FROM hooklog.contact"
            )
            #expect(document == ["3|2|4"])
        }
    }

    @Test func lateEventIsJudgedByEventsOfItsOwnSystemOnly() async throws {
        try await ProjectionHarness.run { harness in
            let log = [
                ContactEvent(id: 1, entity: "c", second: 30, values: ["b": 1]),
                ContactEvent(id: 2, entity: "c", second: 10, values: ["a": 1]),
            ]
            let other = #"{"type":"contact.updated","timestamp":"2026-03-01T00:00:20Z","data":{"id":"c","a":2}}"#
            try await harness.append([log[0].body])
            try await harness.append([other], connector: "ruddr")
            try await harness.project()
            try await harness.append([log[1].body])
            try await harness.project()
            let rows = try await harness.rows("SELECT system, document ->> 'a' FROM hooklog.contact ORDER BY 1")
            #expect(rows == ["pivotal|1", "ruddr|2"])
        }
    }

    @Test func workspacesAndModesDoNotMix() async throws {
        try await ProjectionHarness.run { harness in
            let other = try await harness.workspace("other")
            let live = ContactEvent(id: 1, entity: "c", second: 1, values: ["a": 1])
            var test = ContactEvent(id: 2, entity: "c", second: 2, values: ["a": 2])
            test.livemode = false
            try await harness.append([live.body, test.body])
            try await harness.append([ContactEvent(id: 1, entity: "c", second: 3, values: ["a": 3]).body], to: other)
            try await harness.project()
            try await harness.project(other)
            let rows = try await harness.rows(
                "SELECT workspace_id, livemode, document ->> 'a' FROM hooklog.contact ORDER BY 1, 2 DESC"
            )
            #expect(rows == ["1|true|1", "1|false|2", "\(other)|true|3"])
        }
    }

    @Test func columnsOfTheWrongTypeAreNull() async throws {
        try await ProjectionHarness.run { harness in
            let body = """
                {"id":"e","type":"contact.created","created_at":"2026-03-01T00:00:00Z",
                "data":{"object":{"id":"c","display_id":"seven","name":7,"email":["x"],"is_primary":"yes"}}}
                """
            try await harness.append([body])
            #expect(try await harness.project() == "caught_up")
            let row = try await harness.rows(
                """
                SELECT display_id IS NULL, name IS NULL, email IS NULL, is_primary, document ->> 'display_id'
                FROM hooklog.contact
                """
            )
            #expect(row == ["true|true|true|false|seven"])
        }
    }

    @Test func valuesTooLongForAnIndexStopNothing() async throws {
        try await ProjectionHarness.run { harness in
            var generator = SeededGenerator(seed: 7)
            let long = String(
                (0..<20_000).map { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement(using: &generator) ?? "a" }
            )
            try await harness.append([
                #"{"id":"e1","type":"contact.created","data":{"object":{"id":"\#(long)","email":"\#(long)"}}}"#,
                #"{"id":"e2","type":"customer.created","data":{"object":{"id":"c","slug":"\#(long)"}}}"#,
                #"{"id":"e3","type":"customer.created","data":{"object":{"id":"d"}}}"#,
            ])
            #expect(try await harness.project() == "caught_up")
            #expect(try await harness.number("SELECT count(*) FROM hooklog.customer") == 2)
            #expect(try await harness.rows("SELECT left(email, 7) FROM hooklog.contact") == ["sha256:"])
        }
    }
}
