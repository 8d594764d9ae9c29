/// The calls of one pipeline and what is known of their prepared statements.
struct PipelineBatch {
    let calls: [PostgresCall]
    let keys: [StatementCache.Key]
    /// The calls that sent the preparation of their statement.
    var prepares: Set<Int> = []

    private var failedPreparations: [StatementCache.Key: PostgresError] = [:]

    init(_ calls: [PostgresCall]) {
        self.calls = calls
        keys = calls.map { StatementCache.Key(statement: $0.statement, types: $0.parameters.map(\.type)) }
    }

    /// Gives calls that relied on a preparation which failed its error instead of "does not exist".
    mutating func settle(_ index: Int, _ outcome: LibpqSession.Outcome) -> LibpqSession.Outcome {
        guard case .failure(let error) = outcome else { return outcome }
        if prepares.contains(index) {
            failedPreparations[keys[index]] = error
        } else if error.sqlState?.rawValue == "26000", let cause = failedPreparations[keys[index]] {
            return .failure(cause)
        }
        return outcome
    }
}
