import Postgres
import Testing

@testable import Projections

/// What is made of a step that ended with an error.
struct StepFailureTests {
    @Test(arguments: [
        (PostgresError.Code.cancelled, nil, StepFailure.cancelled),
        (.deadlineExceeded, nil, .recorded(state("57014"))),
        (.queryCancelled, "57014", .recorded(state("57014"))),
        (.outOfResources, "53200", .recorded(state("53200"))),
        (.insufficientPrivilege, "42501", .recorded(state("42501"))),
        (.serverInternal, "XX000", .recorded(state("XX000"))),
        (.readOnly, "25006", .recorded(state("25006"))),
        (.connectionLost, nil, .passing),
        (.adminShutdown, "57P01", .passing),
        (.lockNotAvailable, "55P03", .passing),
        (.deadlock, "40P01", .passing),
        (.poolExhausted, nil, .passing),
    ])
    func errorHasItsMeasure(code: PostgresError.Code, sqlState: String?, failure: StepFailure) {
        let error = PostgresError(code, sqlState: sqlState.map(Self.state))
        #expect(StepFailure(error) == failure)
    }

    @Test func deadlineBeforeAnythingWasSentIsNotThePage() {
        #expect(StepFailure(PostgresError(.deadlineExceeded, nothingWasSent: true)) == .passing)
    }

    private static func state(_ text: String) -> SQLState {
        guard let state = SQLState(rawValue: text) else { preconditionFailure("\(text) is no SQLSTATE") }
        return state
    }
}
