import Postgres

/// What is to be done about a step that ended with an error.
enum StepFailure: Hashable {
    /// Nothing: the task was cancelled.
    case cancelled
    /// Nothing: the database is away or busy, and the same page may pass the next time.
    case passing
    /// It counts against the page: record it under this SQLSTATE.
    case recorded(SQLState)

    /// A statement that the deadline or an operator ended.
    static let cancelledStatement = SQLState(rawValue: "57014")

    init(_ error: PostgresError) {
        switch (error.code, error.code.kind) {
        case (_, .cancelled):
            self = .cancelled
        case (.deadlineExceeded, _) where !error.nothingWasSent, (.queryCancelled, _):
            self = Self.cancelledStatement.map(Self.recorded) ?? .passing
        case (_, .passing), (_, .noWayIn):
            self = .passing
        case (_, .value), (_, .integrity), (_, .unfit), (_, .program):
            self = error.sqlState.map(Self.recorded) ?? .passing
        }
    }
}
