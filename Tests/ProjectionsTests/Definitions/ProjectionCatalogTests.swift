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
        (["directory.sql": "directory"], "directory", "directory.sql"),
        (["a/same.sql": "a", "b/same.sql": "b"], "b", "b/same.sql"),
        (["a.sql": "b"], "a", "a.sql"),
        (["a/left.sql": "a", "a/right.sql": "b"], "a", "a/right.sql"),
        (["Not-A-Name.sql": "a"], "Not-A-Name", "Not-A-Name.sql"),
    ])
    func refusedFileLeavesTheOthersAlone(places: [String: String], name: String, file: String) throws {
        let files = places.mapValues(Self.file).merging(["good.sql": Self.file("good")]) { $1 }
        try withDirectory(files) { root in
            let catalog = try ProjectionCatalog(directory: root)
            #expect(catalog.refused.map(\.projection) == [name])
            #expect(catalog.refused.first?.file == "\(root)/\(file)")
            #expect(catalog.user.map(\.name.rawValue).contains("good"))
            #expect(!catalog.user.map(\.name.rawValue).contains(name))
        }
    }

    @Test func fileThatIsNoTextIsRefused() throws {
        try withDirectory(["good.sql": Self.file("good")]) { root in
            let url = URL(fileURLWithPath: root).appending(path: "bad.sql")
            try Data([0x2D, 0x2D, 0xFF, 0xFE]).write(to: url)
            try FileManager.default.createSymbolicLink(
                atPath: "\(root)/gone.sql",
                withDestinationPath: "\(root)/nowhere"
            )
            let catalog = try ProjectionCatalog(directory: root)
            #expect(catalog.refused.map(\.projection) == ["bad", "gone"])
            #expect(catalog.user.map(\.name.rawValue) == ["good"])
        }
    }

    @Test func directoryThatCannotBeReadThrows() {
        #expect(throws: (any Error).self) { _ = try ProjectionCatalog(directory: "/nowhere/at/all") }
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
                {"engine":3,"tables":[{"comment":"","indexes":[],"kind":"event","name":"t",\
                "reads":[{"entity_type":"*","system":"a"}],"select":"SELECT 1/2 AS a"}]}
                """
        )
    }
}
