/// The limits of a pipeline.
package struct PostgresPipelineConfiguration: Sendable {
    /// How the lanes connect.
    package var connection: PostgresConfiguration
    /// The number of connections that run batches.
    package var lanes: Int
    /// The most calls that queue; the next gets `poolExhausted`.
    package var queueLimit: Int
    /// The most calls in one batch.
    package var batchLimit: Int
    /// The deadline of calls that state none.
    package var callTimeout: Duration

    /// Makes a configuration with two lanes and the usual limits.
    package init(
        connection: PostgresConfiguration,
        lanes: Int = 2,
        queueLimit: Int = 4096,
        batchLimit: Int = 128,
        callTimeout: Duration = .seconds(10)
    ) {
        self.connection = connection
        self.lanes = lanes
        self.queueLimit = queueLimit
        self.batchLimit = batchLimit
        self.callTimeout = callTimeout
    }
}
