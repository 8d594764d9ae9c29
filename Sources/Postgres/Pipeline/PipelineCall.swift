/// A call with the caller that waits for it.
final class PipelineCall: Sendable {
    let call: PostgresCall
    let deadline: ContinuousClock.Instant
    let answer = Promise<Result<PostgresResult, PostgresError>>()

    init(_ call: PostgresCall, deadline: ContinuousClock.Instant) {
        self.call = call
        self.deadline = deadline
    }

    /// Ends the caller's wait, unless it has ended.
    func fail(_ code: PostgresError.Code, nothingWasSent: Bool = false) {
        let error = PostgresError(code, statement: call.statement.name, nothingWasSent: nothingWasSent)
        answer.fulfil(.failure(error))
    }
}
