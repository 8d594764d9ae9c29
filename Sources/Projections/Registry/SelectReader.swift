import Postgres
import Schema

/// Has PostgreSQL read users' SELECTs, so that no second reading of SQL of ours can differ from its own.
///
/// A text is read alone and in parentheses, in the extended protocol, which takes one statement. One that is whole alone
/// cannot reach beyond the parentheses that it is put in. Nothing is run. What the SELECT may read and call is for the
/// database to say when it is registered; see `hooklog.create_read_model()`.
struct SelectReader {
    /// The most semicolons that may stand behind a SELECT.
    private static let semicolonLimit = 16
    /// Columns and tables that only the engine's statement provides; it is read in full when it is registered.
    private static let unknownName: Set<String> = ["42703", "42P01"]

    /// What stands before and behind a SELECT that is read in parentheses.
    private static let frame = SQLLibrary.query("frame_select").sql.split(separator: "<select>")

    let connection: PostgresConnection
    let deadline: ContinuousClock.Instant

    /// Returns the definition without the semicolons that PostgreSQL sees behind its SELECTs.
    ///
    /// Throws `definitionRefused` with the file and the line.
    func read(_ definition: ProjectionDefinition) async throws(ProjectionError) -> ProjectionDefinition {
        var tables = definition.tables
        for (index, table) in tables.enumerated() {
            do throws(PostgresError) {
                tables[index].select = try await read(table.select)
            } catch {
                throw ProjectionError(error, refusing: table, of: definition.name, line: error.line)
            }
        }
        return try definition.with(tables: tables)
    }

    private func read(_ text: String) async throws(PostgresError) -> String {
        var text = text
        for _ in 0..<Self.semicolonLimit {
            try await parse(text)
            do throws(PostgresError) {
                try await parse(Self.frame.joined(separator: text))
                return text
            } catch {
                guard let shorter = Self.withoutSemicolon(text, error) else { throw error }
                text = shorter
            }
        }
        throw PostgresError(.syntax, serverMessage: "there are too many semicolons")
    }

    private func parse(_ text: String) async throws(PostgresError) {
        do throws(PostgresError) {
            try await connection.parse(text, name: "projection", deadline: deadline)
        } catch  where Self.unknownName.contains(error.sqlState?.rawValue ?? "") {
            return
        }
    }

    /// The text with a space for the semicolon that the error points at, if it does.
    ///
    /// Since the text is one statement alone, only comments and semicolons stand behind that.
    private static func withoutSemicolon(_ text: String, _ error: PostgresError) -> String? {
        guard error.code == .syntax, let position = error.position else { return nil }
        var scalars = Array(text.unicodeScalars)
        let index = position - 1 - Self.frame[0].unicodeScalars.count
        guard scalars.indices.contains(index), scalars[index] == ";" else { return nil }
        scalars[index] = " "
        return String(String.UnicodeScalarView(scalars))
    }
}
