import Connectors
import EventLog
import Foundation
import Postgres
import PostgresTesting
import Testing

@Suite(.log, .timeLimit(.minutes(10)))
struct ImportSafetyTests {
    private typealias Fixture = ImportFixture

    @Test func importsAtOnceAppendEachObjectOnce() async throws {
        let fixture = try await Fixture()
        let lines = (0..<300).map { Fixture.contact("con_\($0)", "A") }
        let appended = try await withThrowingTaskGroup(of: Int.self) { group in
            for offset in 0..<4 {
                group.addTask {
                    let turned = Array(lines[(offset * 70)...] + lines[..<(offset * 70)])
                    var count = 0
                    for start in stride(from: 0, to: turned.count, by: 50) {
                        count += try await fixture.run(Array(turned[start..<(start + 50)])).count { $0 == .appended }
                    }
                    return count
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(appended == 300)
        #expect(try await fixture.count() == 300)
        #expect(try await fixture.log.value("SELECT count(*) FROM hooklog.delivery_conflict", as: Int.self) == 0)
    }

    @Test func batchIsAppendedInFewStatementsAndInOrder() async throws {
        let fixture = try await Fixture()
        let lines = (0..<10).map { Fixture.contact("con_\($0)", "A") }
        let outcomes = try await fixture.withImporter(configuration: EventAppenderConfiguration { $0.batchCount = 4 }) {
            try await $0.importLines(lines.map { ImportLine(Array($0.utf8)) }, readAt: PostgresTimestamp(Date()))
        }
        #expect(outcomes.allSatisfy { $0 == .appended })
        #expect(
            try await fixture.log.column("SELECT entity_id FROM hooklog.event ORDER BY position")
                == (0..<10).map { "con_\($0)" }
        )
        let commits: Int = try await fixture.log.value("SELECT count(DISTINCT received_at) FROM hooklog.event")
        #expect(commits == 3)
    }

    @Test func growthIsTold() async throws {
        let fixture = try await Fixture()
        let activity = LogActivity()
        let subscription = activity.subscribe(to: .here)
        _ = try await fixture.withImporter(activity: activity) {
            try await $0.importLines(
                [ImportLine(Array(Fixture.contact("con_1", "A").utf8))],
                readAt: PostgresTimestamp(Date())
            )
        }
        #expect(await subscription.next()?.workspaces == [fixture.workspace])
    }

    @Test func unknownWorkspaceEndsTheImport() async throws {
        let fixture = try await Fixture()
        let pool = fixture.log.appendPool(size: 1)
        let appender = EventAppender(pool: pool, activity: LogActivity(), logger: TestDatabase.logger)
        let target = ImportTarget(
            source: .sample(WorkspaceID(rawValue: 404)),
            sender: .known(.pivotal),
            livemode: true
        )
        let importer = EventImporter(pool: fixture.log.pool, appender: appender, target: target)
        let failure = await code {
            try await importer.importLines(
                [ImportLine(Array(Fixture.contact("con_1", "A").utf8))],
                readAt: PostgresTimestamp(Date())
            )
        }
        await pool.shutdown(deadline: .now + .seconds(10))
        #expect(failure == .unknownWorkspace)
    }

    /// The log is empty and was never analysed when the plans are made.
    @Test func comparisonReadsLittleOfALongHistory() async throws {
        let fixture = try await Fixture()
        let compare = { (object: String) -> String in
            """
            SELECT c.outcome FROM hooklog.compare_import(\(fixture.workspace.rawValue), 7, 'pivotal', true, now(),
                ARRAY[NULL::text], ARRAY[false], NULL, ARRAY[NULL::text], ARRAY[NULL::text], ARRAY[NULL::text],
                ARRAY[convert_to('\(object)', 'UTF8')]) AS c
            """
        }
        let reads =
            "SELECT coalesce(sum(seq_tup_read), 0)::text || ' ' || coalesce(sum(idx_tup_fetch), 0) "
            + "FROM pg_stat_xact_user_tables WHERE relname LIKE 'event%'"
        try await fixture.log.script(compare(#"{"object":"contact","id":"long"}"#))
        let events = (1...20_000).map {
            #"{"id":"evt_\#($0)","type":"contact.updated","data":{"object":{"id":"long","object":"contact","score":\#($0)}}}"#
        }
        try await fixture.withImporter(configuration: EventAppenderConfiguration { $0.batchCount = 500 }) { importer in
            for start in stride(from: 0, to: events.count, by: 500) {
                let lines = events[start..<(start + 500)].map { ImportLine(Array($0.utf8)) }
                _ = try await importer.importLines(lines, readAt: PostgresTimestamp(Date()))
            }
        }
        for (object, outcome, most) in [
            (#"{"object":"contact","id":"long","score":20000}"#, "unchanged", 10),
            (#"{"object":"contact","id":"long","score":1}"#, "append", 10),
            (#"{"object":"contact","id":"long","name":"never seen"}"#, "append", 800),
        ] {
            let counts = try await fixture.log.pool.withConnection { connection in
                _ = try await connection.script("BEGIN")
                let said = try await connection.query(PostgresStatement(name: object, sql: compare(object)))
                #expect(try said.first?.decode(0, as: String.self) == outcome)
                let result = try await connection.query(PostgresStatement(name: reads, sql: reads))
                _ = try await connection.script("COMMIT")
                return try result.first?.decode(0, as: String.self).split(separator: " ").compactMap { Int($0) }
            }
            #expect(counts?.first == 0, "the log was read from end to end")
            #expect(counts?.last ?? .max <= most, "\(object)")
        }
        let whole = #"{"object":"contact","id":"long","name":"never seen"}"#
        #expect(try await fixture.run([whole]) == [.appended])
        #expect(try await fixture.run([whole]) == [.unchanged])
    }

    @Test func equalLinesTakeOneComparison() async throws {
        let fixture = try await Fixture()
        let person = Fixture.contact("con_1", "A")
        let lines = "ARRAY(SELECT convert_to('\(person)', 'UTF8') FROM generate_series(1, 500))"
        let outcomes: [String] = try await fixture.log.column(
            """
            SELECT c.outcome || ' ' || count(*) FROM hooklog.compare_import(\(fixture.workspace.rawValue), 7, 'pivotal', true,
                now(), array_fill(NULL::text, ARRAY[500]), array_fill(false, ARRAY[500]), NULL,
                array_fill(NULL::text, '{500}'), array_fill(NULL::text, '{500}'), array_fill(NULL::text, '{500}'), \(lines)) AS c
            GROUP BY c.outcome ORDER BY c.outcome
            """
        )
        #expect(outcomes == ["append 1", "unchanged 499"])
        let answers = try await fixture.run(Array(repeating: person, count: 500))
        #expect(answers == [.appended] + Array(repeating: .unchanged, count: 499))
    }

    @Test func versionsOfOneObjectWaitForThoseBeforeThemOnly() async throws {
        let fixture = try await Fixture()
        let rounds: [String] = try await fixture.log.column(
            """
            SELECT concat_ws(' ', c.ordinal, c.outcome, c.round) FROM hooklog.compare_import(
                \(fixture.workspace.rawValue), 7, 'pivotal', true, now(), array_fill('contact'::text, ARRAY[6]),
                array_fill(false, ARRAY[6]), NULL, array_fill(NULL::text, '{6}'), array_fill(NULL::text, '{6}'),
                array_fill(NULL::text, '{6}'), ARRAY['{"id":"a","n":1}', '{"id":"a","n":2}', '{"id":"b"}',
                    '{"id":"a","n":2}', '{"id":"a","n":3}', '{"id":"b","n":1}']::text[]::bytea[]) AS c ORDER BY c.ordinal
            """
        )
        #expect(rounds == ["1 append 0", "2 again 1", "3 append 0", "4 unchanged 1", "5 again 2", "6 again 1"])
        let versions = (0..<120).map { #"{"object":"contact","id":"con_1","name":"\#($0)"}"# }
        #expect(try await fixture.run(versions).allSatisfy { $0 == .appended })
        #expect(try await fixture.state() == ["contact con_1 119"])
    }

    @Test func importsOfObjectsWithoutTimesAtOnceMakeNoConflict() async throws {
        let fixture = try await Fixture()
        let lines = (0..<100).map { #"{"id":"r\#($0)","firstName":"A","createdAt":"2026-01-01T00:00:00.000Z"}"# }
        let outcomes = try await withThrowingTaskGroup(of: [ImportOutcome].self) { group in
            for _ in 0..<4 { group.addTask { try await fixture.run(lines, into: .ruddr, kind: "contact") } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(outcomes.allSatisfy { $0 == .appended || $0 == .unchanged })
        #expect(try await fixture.count() == 100)
    }

    @Test(arguments: 0..<4)
    func randomRunsEndWithWhatWasImportedLast(seed: Int) async throws {
        let fixture = try await Fixture()
        var generator = SplitMix(state: UInt64(seed))
        var expected: [String: String] = [:]
        var appended = 0
        for _ in 0..<12 {
            let lines = (0..<25).map { _ in
                (
                    id: "con_\(Int.random(in: 0..<9, using: &generator))",
                    name: ["A", "B", "C"].randomElement(using: &generator) ?? "A"
                )
            }
            for line in lines where expected[line.id] != line.name {
                expected[line.id] = line.name
                appended += 1
            }
            try await fixture.run(lines.map { #"{"object":"contact","id":"\#($0.id)","name":"\#($0.name)"}"# })
        }
        #expect(try await fixture.state() == expected.map { "contact \($0.key) \($0.value)" }.sorted())
        #expect(try await fixture.count() == appended, "something unchanged was appended")
    }

    @Test func placeIsKeptPerOriginAndForgotten() async throws {
        let fixture = try await Fixture()
        let store = ImportPlaceStore(pool: fixture.log.pool, source: .sample(fixture.workspace, 7))
        let other = ImportPlaceStore(pool: fixture.log.pool, source: .sample(fixture.workspace, 8))
        #expect(try await store.state(of: "file:/a") == nil)
        try await store.keep(Array(#"{"n": 1}"#.utf8), of: "file:/a")
        try await store.keep(Array(#"{"n": 2}"#.utf8), of: "file:/a")
        try await store.keep(Array(#"{"n": 3}"#.utf8), of: "file:/b")
        #expect(try await store.state(of: "file:/a") == Array(#"{"n": 2}"#.utf8))
        #expect(try await other.state(of: "file:/a") == nil)
        try await store.forget("file:/a")
        #expect(try await store.state(of: "file:/a") == nil)
        #expect(try await store.state(of: "file:/b") != nil)
        try await fixture.log.script("UPDATE hooklog.import_place SET updated_at = now() - interval '25 hours'")
        #expect(try await store.state(of: "file:/b") == nil, "what was read a day ago is too old to go on from")
    }
}
