import Testing

/// What happens when a page runs out of time or resources.
@Suite(.timeLimit(.minutes(10)))
struct PageLimitTests {
    private func fail(_ harness: ProjectionHarness, _ state: String = "57014", events: Int = 1_000_000) async throws
        -> String
    {
        try await harness.connection.script("UPDATE hooklog.checkpoint SET retry_at = NULL")
        return try await harness.rows(
            "SELECT hooklog.record_failure(1, 'directory', 1, '\(state)', \(events)) AS measure"
        ).first ?? ""
    }

    private func limit(_ harness: ProjectionHarness) async throws -> Int64 {
        try await harness.number("SELECT page_limit FROM hooklog.checkpoint")
    }

    private func events(_ count: Int) -> [String] {
        (1...count).map { ContactEvent(id: $0, entity: "c", second: $0).body }
    }

    @Test(arguments: ["57014", "53200", "53100"]) func pageIsHalvedAndGrowsAgain(state: String) async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append(events(60))
            try await harness.step(limit: 1)
            #expect(try await fail(harness, state, events: 100) == "halved")
            #expect(try await limit(harness) == 50)
            #expect(try await fail(harness, state, events: 100) == "halved")
            #expect(try await limit(harness) == 25)
            try await harness.step()
            #expect(try await harness.number("SELECT position FROM hooklog.checkpoint") == 26)
            #expect(try await limit(harness) == 28)
            try await harness.project()
            #expect(try await limit(harness) > 28)
        }
    }

    @Test func pageEndsWhereItsBytesDo() async throws {
        try await ProjectionHarness.run { harness in
            let bodies = events(9)
            try await harness.append(bodies)
            func position(afterAPageOf bytes: Int) async throws -> Int64 {
                #expect(try await harness.step(limit: 5, bytes: Int64(bytes)) == "folded")
                return try await harness.number("SELECT position FROM hooklog.checkpoint")
            }
            let size = bodies.map(\.utf8.count)
            #expect(try await position(afterAPageOf: 1) == 1)
            #expect(try await position(afterAPageOf: size[1] + size[2]) == 3)
            #expect(try await position(afterAPageOf: size[3] + size[4] - 1) == 4)
            #expect(try await position(afterAPageOf: 1 << 20) == 9)
        }
    }

    @Test func limitOfOneGrowsAgain() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append(events(8))
            try await harness.step(limit: 1)
            #expect(try await fail(harness, events: 3) == "halved")
            #expect(try await limit(harness) == 1)
            for expected in [2, 3, 4] as [Int64] {
                try await harness.step()
                #expect(try await limit(harness) == expected)
            }
        }
    }

    @Test func loneEventThatFailsFiveTimesIsSetAside() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append(events(3))
            try await harness.step(limit: 1)
            for _ in 1...4 { #expect(try await fail(harness, events: 1) == "stopped") }
            #expect(try await harness.rows("SELECT error, attempts FROM hooklog.checkpoint") == ["event_too_heavy|4"])
            #expect(try await fail(harness, events: 1) == "set_aside")
            #expect(
                try await harness.rows("SELECT position, reason, sqlstate, attempts FROM hooklog.dead_letter")
                    == ["2|too_heavy|57014|5"]
            )
            try await harness.project()
            #expect(try await harness.rows("SELECT position, error FROM hooklog.checkpoint") == ["3|-"])
        }
    }

    @Test func serverInTroubleSetsNothingAside() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append(events(1))
            try await harness.step(limit: 1)
            try await harness.append([ContactEvent(id: 2, entity: "c", second: 2).body])
            for _ in 1...9 { #expect(try await fail(harness, events: 1) == "stopped") }
            #expect(try await harness.number("SELECT count(*) FROM hooklog.dead_letter") == 0)
        }
    }

    @Test func failureOfAnotherKindDoesNotCountAgainstTheEvent() async throws {
        try await ProjectionHarness.run { harness in
            try await harness.append(events(3))
            try await harness.step(limit: 1)
            for _ in 1...6 { #expect(try await fail(harness, "42501") == "stopped") }
            #expect(
                try await harness.rows("SELECT error, sqlstate FROM hooklog.checkpoint") == ["statement_failed|42501"]
            )
            #expect(try await fail(harness, events: 1) == "stopped")
            #expect(try await harness.rows("SELECT error, attempts FROM hooklog.checkpoint") == ["event_too_heavy|1"])
        }
    }

    @Test func failureOfTheFirstPageIsVisible() async throws {
        try await ProjectionHarness.run { harness in
            let measure = try await fail(harness, "42703")
            #expect(measure == "stopped")
            #expect(
                try await harness.rows("SELECT position, error, sqlstate FROM hooklog.checkpoint")
                    == ["0|statement_failed|42703"]
            )
            let gone = "SELECT hooklog.record_failure(1, 'directory', 99, '42703', 1) AS measure"
            let missing = try await harness.rows(gone)
            #expect(missing == ["missing"])
        }
    }
}
