/// The limits of a pool.
package struct PostgresPoolConfiguration: Sendable {
    /// How the pool connects.
    package var connection: PostgresConfiguration
    /// The most connections open at a time.
    package var size: Int
    /// The most callers that wait for one; the next gets `poolExhausted`.
    package var waiterLimit = 256
    /// How long a caller without a deadline waits.
    package var leaseTimeout: Duration = .seconds(5)
    /// A connection idle for longer is checked before it is lent.
    package var idleCheck: Duration = .seconds(30)
    /// The pool's name in metrics.
    package var name: String

    /// Makes a configuration for six connections and the usual limits.
    package init(connection: PostgresConfiguration, size: Int = 6, name: String = "default") {
        self.connection = connection
        self.size = size
        self.name = name
    }
}
