import Foundation
import Testing

@testable import Projections

/// Which projections there are.
struct ProjectionCatalogTests {
    private func withDirectory(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: "catalog-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: root) }
        for (path, text) in files {
            let url = root.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: url)
        }
        try body(root.path)
    }

    private static func file(_ projection: String) -> String {
        "-- projection: \(projection)\n-- reads: pivotal/contact\nSELECT 1 AS one"
    }

    @Test func builtInDirectoryHasATableForEachKindOfObject() throws {
        let directory = try #require(try ProjectionCatalog().builtIn.first { $0.name == .directory })
        #expect(
            directory.tables.map(\.name) == [
                "company", "contact", "contact_tag", "customer", "internal_contact", "internal_contact_assignment",
                "onboarding", "org_unit", "task",
            ]
        )
        #expect(directory.version.rawValue.count == 16)
    }

    @Test func fileAndFolderAreOneProjectionEach() throws {
        let files = [
            "one.sql": Self.file("one"), "two/left.sql": Self.file("two"), "two/right.sql": Self.file("two"),
            "notes.txt": "x", ".hidden.sql": "x", "two/README": "x",
        ]
        try withDirectory(files) { root in
            let catalog = try ProjectionCatalog(directory: root)
            #expect(catalog.user.map(\.name.rawValue) == ["one", "two"])
            #expect(catalog.user.map { $0.tables.map(\.name) } == [["one"], ["left", "right"]])
        }
    }

    @Test(arguments: [
        (["directory.sql": "directory"], ProjectionError.Code.nameTaken),
        (["a/same.sql": "a", "b/same.sql": "b"], .nameTaken),
        (["a.sql": "b"], .invalidFile),
    ])
    func clashIsRefused(places: [String: String], code: ProjectionError.Code) throws {
        try withDirectory(places.mapValues(Self.file)) { root in
            let error = #expect(throws: ProjectionError.self) { _ = try ProjectionCatalog(directory: root) }
            #expect(error?.code == code)
        }
    }

    @Test func versionDependsOnTheTablesAndNotOnTheirOrder() throws {
        let left = ProjectionTable(
            name: "l",
            kind: .entity,
            reads: [.init(system: "a", entityType: "b")],
            select: "SELECT 1 AS a"
        )
        let right = ProjectionTable(
            name: "r",
            kind: .entity,
            reads: [.init(system: "a", entityType: "b")],
            select: "SELECT 1 AS a"
        )
        let changed = ProjectionTable(
            name: "r",
            kind: .entity,
            reads: [.init(system: "a", entityType: "b")],
            select: "SELECT 2 AS a"
        )
        let name = ProjectionName(rawValue: "p")
        let version = try ProjectionDefinition(name: name, tables: [left, right]).version
        #expect(try ProjectionDefinition(name: name, tables: [right, left]).version == version)
        #expect(try ProjectionDefinition(name: name, tables: [left, changed]).version != version)
    }

    @Test func definitionIsCanonicalJSON() throws {
        let table = ProjectionTable(
            name: "t",
            kind: .event,
            reads: [.init(system: "a", entityType: "*")],
            select: "SELECT 1/2 AS a"
        )
        let definition = try ProjectionDefinition(name: ProjectionName(rawValue: "p"), tables: [table])
        #expect(
            definition.json == """
                {"engine":2,"tables":[{"comment":"","indexes":[],"kind":"event","name":"t",\
                "reads":[{"entity_type":"*","system":"a"}],"select":"SELECT 1/2 AS a"}]}
                """
        )
    }
}
