/// A column of a result.
package struct PostgresColumn: Sendable, Hashable {
    /// The name that the statement gave it.
    package let name: String
    /// The type of its values.
    package let type: PostgresType
}
