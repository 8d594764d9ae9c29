/// What a pool's connections are doing.
package struct PostgresPoolStatistics: Sendable, Hashable {
    /// Connections lent to callers.
    package let inUse: Int
    /// Open connections that nobody uses.
    package let idle: Int
    /// Attempts to open a connection, back-off included.
    package let opening: Int
    /// Callers that wait for a connection.
    package let waiting: Int
}
