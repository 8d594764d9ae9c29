import Crypto
import EventLog
import Foundation

/// A projection: its tables, which share one checkpoint.
package struct ProjectionDefinition: Sendable, Hashable {
    /// The projection's name.
    package let name: ProjectionName
    /// The tables, by name.
    package let tables: [ProjectionTable]
    /// The compiled form that SQL takes: canonical JSON, the same for the same tables.
    package let json: String
    /// The version: the hash of ``json``.
    package let version: ProjectionVersion

    /// The form that the engine gives the tables and functions of a projection.
    ///
    /// It rises with a change that tables which exist do not follow, so that a new generation is built.
    private static let engine = 3

    private struct Compiled: Encodable {
        let engine: Int
        let tables: [ProjectionTable]
    }

    /// The same version of the projection with tables that say the same.
    func with(tables: [ProjectionTable]) throws(ProjectionError) -> ProjectionDefinition {
        do {
            return try ProjectionDefinition(name: name, tables: tables, version: version)
        } catch {
            throw ProjectionError(.definitionRefused, projection: name, detail: "it cannot be written as JSON.")
        }
    }

    /// Compiles a projection from its tables; its version is told by them unless it is known.
    package init(name: ProjectionName, tables: [ProjectionTable], version known: ProjectionVersion? = nil) throws {
        let sorted = tables.sorted { $0.name < $1.name }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try encoder.encode(Compiled(engine: Self.engine, tables: sorted))
        self.name = name
        self.tables = sorted
        json = String(decoding: data, as: UTF8.self)
        version = known ?? ProjectionVersion(rawValue: SHA256.hash(data: data).prefix(8).hex)
    }
}
