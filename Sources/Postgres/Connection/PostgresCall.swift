/// A statement with its values, for a pipeline.
package struct PostgresCall: Sendable {
    /// The statement to run.
    package let statement: PostgresStatement
    /// The values of `$1`, `$2`, ….
    package let parameters: [PostgresParameter]
    /// When the server is asked to cancel this call alone; nil leaves it to the pipeline's deadline.
    package let deadline: ContinuousClock.Instant?

    /// Makes a call; the values stand for `$1`, `$2`, ….
    package init(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter] = [],
        deadline: ContinuousClock.Instant? = nil
    ) {
        self.statement = statement
        self.parameters = parameters
        self.deadline = deadline
    }
}
