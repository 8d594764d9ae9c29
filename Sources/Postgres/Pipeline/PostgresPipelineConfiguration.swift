/// The limits of a pipeline.
package struct PostgresPipelineConfiguration: Sendable {
    /// How the lanes connect.
    package var connection: PostgresConfiguration
    /// The number of connections that run batches.
    package var lanes = 2
    /// The most calls that queue; the next gets `poolExhausted`.
    package var queueLimit = 4096
    /// The most calls in one batch.
    package var batchLimit = 128
    /// The deadline of calls that state none.
    package var callTimeout: Duration = .seconds(10)

    /// Makes a configuration with two lanes and the usual limits.
    package init(connection: PostgresConfiguration) {
        self.connection = connection
    }
}
