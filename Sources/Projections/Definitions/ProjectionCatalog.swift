import Foundation
import Schema

/// The projections that this binary and its configuration know.
package struct ProjectionCatalog: Sendable {
    /// Those compiled in, by name.
    package let builtIn: [ProjectionDefinition]
    /// The user's own, by name.
    package let user: [ProjectionDefinition]
    /// Those of the user's own that cannot run, by name.
    package let refused: [ProjectionRefusal]

    /// Reads the projections compiled in and those in a directory.
    ///
    /// A file of the directory is a projection of its own and bears its name; the files of a folder are the tables of one
    /// projection that bears the folder's name. Other files and hidden ones are left alone. One that holds no projection,
    /// or bears the name of a built-in one or a table of another's name, is refused with the rest of its folder, and the
    /// others go on. Throws when the directory cannot be read.
    package init(directory: String? = nil) throws {
        builtIn = try Self.compile(Self.directoryFiles())
        var user: [ProjectionDefinition] = []
        var refused: [ProjectionRefusal] = []
        var tables: Set<String> = []
        let files = try directory.map(Self.files) ?? []
        for (name, files) in Dictionary(grouping: files, by: \.projection).sorted(by: { $0.key < $1.key }) {
            do {
                for definition in try Self.compile(files) {
                    try Self.check(definition, builtIn: builtIn, tables: tables)
                    tables.formUnion(definition.tables.map(\.name))
                    user.append(definition)
                }
            } catch {
                let file = (error as? ProjectionError)?.file ?? files.first?.path
                refused.append(ProjectionRefusal(projection: name, file: file, reason: "\(error)"))
            }
        }
        self.user = user
        self.refused = refused
    }

    private static func check(
        _ definition: ProjectionDefinition,
        builtIn: [ProjectionDefinition],
        tables: Set<String>
    ) throws(ProjectionError) {
        guard !builtIn.contains(where: { $0.name == definition.name }) else {
            throw ProjectionError(.nameTaken, projection: definition.name)
        }
        for table in definition.tables where tables.contains(table.name) {
            throw ProjectionError(.nameTaken, projection: definition.name, detail: "table \(table.name)")
        }
    }

    private struct File {
        /// The path in messages.
        let path: String
        /// The projection it must say that it belongs to.
        let projection: String
        let table: String
        /// What it holds; nil when that cannot be read as text.
        let text: String?
    }

    private static func compile(_ files: [File]) throws -> [ProjectionDefinition] {
        var tables: [ProjectionName: [ProjectionTable]] = [:]
        for file in files {
            guard let text = file.text else {
                throw ProjectionError(invalidFile: file.path, line: nil, "it cannot be read, or is not UTF-8")
            }
            let parsed = try ProjectionFileParser.parse(text, file: file.path, tableName: file.table)
            guard parsed.projection.rawValue == file.projection else {
                throw ProjectionError(
                    invalidFile: file.path,
                    line: 1,
                    "it says that it belongs to projection \(parsed.projection), but its place says \(file.projection)"
                )
            }
            tables[parsed.projection, default: []].append(parsed.table)
        }
        return try tables.sorted { $0.key < $1.key }.map { try ProjectionDefinition(name: $0.key, tables: $0.value) }
    }

    /// The files of the directory, `projections/directory/<table>.sql`, with what vendors add to them in
    /// `connectors/<vendor>/directory/<table>.sql`; a table that one vendor alone has stands there.
    private static func directoryFiles() throws(ProjectionError) -> [File] {
        let name = ProjectionName.directory.rawValue
        let paths = SQLLibrary.paths(in: "projections") + SQLLibrary.paths(in: "connectors")
        var tables: [Substring: (path: String, text: String)] = [:]
        var vendors: [Substring: [VendorColumns]] = [:]
        for path in paths {
            let parts = path.split(separator: "/")
            guard let text = SQLLibrary.text(path), let table = parts.last?.dropLast(4),
                parts.dropLast().last ?? "" == name
            else { continue }
            if parts.count > 3, tables[table] != nil {
                vendors[table, default: []].append(
                    VendorColumns(vendor: String(parts[1]), file: "sql/\(path)", text: text)
                )
            } else {
                tables[table] = ("sql/\(path)", text)
            }
        }
        var files: [File] = []
        for (table, (path, text)) in tables.sorted(by: { $0.key < $1.key }) {
            let whole = try vendors[table].map { (own) throws(ProjectionError) in
                try VendorColumns.added(own, to: VendorColumns(vendor: "", file: path, text: text))
            }
            files.append(File(path: path, projection: name, table: String(table), text: whole ?? text))
        }
        return files
    }

    private static func files(in directory: String) throws -> [File] {
        let root = URL(fileURLWithPath: directory, isDirectory: true)
        var files: [File] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() where !name.hasPrefix(".") {
            let url = root.appending(path: name)
            if name.hasSuffix(".sql") {
                files.append(file(at: url, parts: [name]))
            } else if (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true {
                guard let inner = try? FileManager.default.contentsOfDirectory(atPath: url.path) else {
                    files.append(file(at: url, parts: [name, ".sql"]))
                    continue
                }
                for table in inner.sorted() where table.hasSuffix(".sql") && !table.hasPrefix(".") {
                    files.append(file(at: url.appending(path: table), parts: [name, table]))
                }
            }
        }
        return files
    }

    private static func file(at url: URL, parts: [String]) -> File {
        let table = String(parts.last?.dropLast(4) ?? "")
        let text = try? String(contentsOf: url, encoding: .utf8)
        return File(path: url.path, projection: parts.count > 1 ? parts[0] : table, table: table, text: text)
    }
}
