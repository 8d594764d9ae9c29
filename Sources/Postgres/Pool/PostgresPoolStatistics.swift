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

    /// Makes a reading, for comparison.
    package init(inUse: Int, idle: Int, opening: Int, waiting: Int) {
        self.inUse = inUse
        self.idle = idle
        self.opening = opening
        self.waiting = waiting
    }
}
