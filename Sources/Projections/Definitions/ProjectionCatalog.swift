import Foundation
import Schema

/// The projections that this binary and its configuration know.
package struct ProjectionCatalog: Sendable {
    /// Those compiled in, by name.
    package let builtIn: [ProjectionDefinition]
    /// The user's own, by name.
    package let user: [ProjectionDefinition]

    /// Reads the projections compiled in and those in a directory.
    ///
    /// A file of the directory is a projection of its own and bears its name; the files of a folder are the tables of one
    /// projection that bears the folder's name. Other files and hidden ones are left alone. Throws `invalidFile`, and
    /// `nameTaken` when a user's projection bears the name of a built-in one or two tables bear the same name.
    package init(directory: String? = nil) throws {
        let builtIn = try Self.compile(Self.embeddedFiles())
        let user = try directory.map { try Self.compile(Self.files(in: $0)) } ?? []
        for definition in user where builtIn.contains(where: { $0.name == definition.name }) {
            throw ProjectionError(.nameTaken, projection: definition.name)
        }
        for definitions in [builtIn, user] {
            var tables: Set<String> = []
            for definition in definitions {
                for table in definition.tables where !tables.insert(table.name).inserted {
                    throw ProjectionError(.nameTaken, projection: definition.name, detail: "table \(table.name)")
                }
            }
        }
        self.builtIn = builtIn
        self.user = user
    }

    private struct File {
        /// The path in messages.
        let path: String
        /// The projection it must say that it belongs to.
        let projection: String
        let table: String
        let text: String
    }

    private static func compile(_ files: [File]) throws -> [ProjectionDefinition] {
        var tables: [ProjectionName: [ProjectionTable]] = [:]
        for file in files {
            let parsed = try ProjectionFileParser.parse(file.text, file: file.path, tableName: file.table)
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

    private static func embeddedFiles() -> [File] {
        SQLLibrary.paths(in: "projections").compactMap { path in
            SQLLibrary.text(path).map { text in
                let parts = path.split(separator: "/").map(String.init)
                return file(path: "sql/\(path)", parts: Array(parts.dropFirst()), text: text)
            }
        }
    }

    private static func files(in directory: String) throws -> [File] {
        let root = URL(fileURLWithPath: directory, isDirectory: true)
        var files: [File] = []
        for name in try FileManager.default.contentsOfDirectory(atPath: directory).sorted() where !name.hasPrefix(".") {
            let url = root.appending(path: name)
            if name.hasSuffix(".sql") {
                files.append(try file(at: url, parts: [name]))
            } else if (try? url.resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true {
                let inner = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
                for table in inner where table.hasSuffix(".sql") && !table.hasPrefix(".") {
                    files.append(try file(at: url.appending(path: table), parts: [name, table]))
                }
            }
        }
        return files
    }

    private static func file(at url: URL, parts: [String]) throws -> File {
        guard let text = String(data: try Data(contentsOf: url), encoding: .utf8) else {
            throw ProjectionError(invalidFile: url.path, line: nil, "it is not UTF-8")
        }
        return file(path: url.path, parts: parts, text: text)
    }

    private static func file(path: String, parts: [String], text: String) -> File {
        let table = String(parts.last?.dropLast(4) ?? "")
        return File(path: path, projection: parts.count > 1 ? parts[0] : table, table: table, text: text)
    }
}
