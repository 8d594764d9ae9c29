/// SQL text with the name it is known by in errors and metrics.
///
/// A connection prepares it once. Two statements are the same when both name and text are.
package struct PostgresStatement: Sendable {
    /// The name in errors and metrics.
    package let name: String
    /// The SQL text, with `$1`, `$2`, … for values.
    package let sql: String

    /// Makes a statement; the name shows in errors, so it must hold no values.
    package init(name: String, sql: String) {
        self.name = name
        self.sql = sql
    }
}

extension PostgresStatement: Hashable {
    /// Hashes the name alone: it is short, and seldom shared.
    package func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }
}
