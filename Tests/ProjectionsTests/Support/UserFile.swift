import Foundation
import Testing

@testable import Projections

/// A user's projection, read from a file.
enum UserFile {
    /// A file with two lines of header before the SELECT.
    static func definition(_ name: String, _ select: String) throws -> ProjectionDefinition {
        let text = "-- projection: \(name)\n-- reads: pivotal/contact\n\(select)"
        let parsed = try ProjectionFileParser.parse(text, file: "\(name).sql", tableName: name)
        return try ProjectionDefinition(name: parsed.projection, tables: [parsed.table])
    }
}
