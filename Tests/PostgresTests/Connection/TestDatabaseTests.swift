import Postgres
import PostgresTesting
import Testing

/// The support that other suites build on.
@Suite(.timeLimit(.minutes(10)))
struct TestDatabaseTests {
    private static let exists = PostgresStatement(
        name: "exists",
        sql: "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)"
    )

    private actor NameRecorder {
        private(set) var last = ""

        func record(_ name: String) {
            last = name
        }
    }

    private func makeTable() async throws {
        try await TestDatabase.with { database in
            try await database.withConnection { _ = try await $0.script("CREATE TABLE only_here (a int)") }
        }
    }

    @Test func databasesAreSeparate() async throws {
        async let first: Void = makeTable()
        async let second: Void = makeTable()
        _ = try await (first, second)
    }

    @Test func databaseIsDroppedAfterwards() async throws {
        try await TestDatabase.with { outer in
            let names = NameRecorder()
            try await TestDatabase.with { await names.record($0.name) }
            try await outer.withConnection { connection in
                for (name, expected) in [(await names.last, false), (outer.name, true)] {
                    let answer = try await connection.query(Self.exists, [.text(name)])
                    #expect(try answer.first?[0, as: Bool.self] == expected)
                }
            }
        }
    }

    @Test func clusterListensOnASocketOnly() async throws {
        try await TestDatabase.with { database in
            try await database.withConnection { connection in
                let setting = PostgresStatement(name: "setting", sql: "SELECT current_setting($1)")
                let addresses = try await connection.query(setting, [.text("listen_addresses")])
                let limit = try await connection.query(setting, [.text("max_connections")])
                #expect(try addresses.first?[0, as: String.self] == "")
                #expect(try limit.first?[0, as: String.self] == "300")
            }
        }
    }
}
