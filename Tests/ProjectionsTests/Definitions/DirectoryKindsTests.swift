import Connectors
import Foundation
import Projections
import Testing

/// Whoever names the kinds of objects names those that the directory reads.
@Suite(.timeLimit(.minutes(10)))
struct DirectoryKindsTests {
    private static let systems = Connector.all.filter { $0.surface != nil }.map(\.name.rawValue)

    private let tables: [ProjectionTable]

    init() throws {
        tables = try #require(try ProjectionCatalog().builtIn.first { $0.name == .directory }).tables
    }

    /// The kinds that tables read, each as system, entity type and table.
    private var kinds: Set<[String]> {
        Set(tables.flatMap { table in table.reads.map { [$0.system, $0.entityType, table.name] } })
    }

    @Test func systemsAreThoseWithKinds() async throws {
        #expect(Set(kinds.map { $0[0] }) == Set(Self.systems))
        try await ProjectionHarness.run { harness in
            let systems = try await harness.rows("SELECT unnest(hooklog.directory_systems())")
            #expect(Set(systems) == Set(Self.systems))
        }
    }

    @Test(arguments: systems) func kindsOfASystemAreThoseThatAreRead(system: String) async throws {
        let read = kinds.filter { $0[0] == system }
        try await ProjectionHarness.run { harness in
            let named = try await harness.rows("SELECT unnest(hooklog.entity_types('\(system)'))")
            #expect(Set(named) == Set(read.map { $0[1] }))
            let customers = try await harness.rows("SELECT hooklog.customer_type('\(system)')")
            #expect(customers == read.filter { $0[2] == "customer" }.map { $0[1] })
        }
    }

    @Test(arguments: systems) func surfaceShowsEachKindFromItsTable(system: String) async throws {
        let read = kinds.filter { $0[0] == system }
        try await ProjectionHarness.run { harness in
            for kind in read {
                let table = try await harness.rows(
                    "SELECT k.read_model FROM hooklog.surface_kind('\(system)', '\(kind[1])') AS k"
                )
                #expect(table == [kind[2]])
            }
        }
    }

    @Test func objectsOfThinEventsAreReadUnderTheNameTheyAreFetchedBy() async throws {
        let ids = ["customer": "cus_1", "contact": "con_1", "orgunit": "1"]
        #expect(Set(ids.keys) == Set(kinds.filter { $0[0] == "piriod" }.map { $0[1] }))
        try await ProjectionHarness.run { harness in
            for (kind, id) in ids {
                let call = "hooklog.fetched_type('piriod', '\(kind).updated', '\(id)')"
                let fetched = try await harness.rows("SELECT \(call)")
                #expect(fetched == [kind])
            }
        }
    }

    @Test func readmeTellsOfEachTable() throws {
        let root = (0..<4).reduce(URL(filePath: #filePath)) { url, _ in url.deletingLastPathComponent() }
        let readme = try String(contentsOf: root.appending(path: "sql/README.md"), encoding: .utf8)
        for table in tables { #expect(readme.contains("`\(table.name)`"), "\(table.name)") }
    }
}
