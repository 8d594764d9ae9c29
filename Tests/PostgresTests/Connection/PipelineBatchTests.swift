import Testing

@testable import Postgres

@Suite struct PipelineBatchTests {
    private let statement = PostgresStatement(name: "a", sql: "SELECT $1")

    private func failure(_ state: String) throws -> Result<PostgresResult, PostgresError> {
        let state = try #require(SQLState(rawValue: state))
        return .failure(PostgresError(PostgresError.Code(state), sqlState: state))
    }

    private func state(of outcome: Result<PostgresResult, PostgresError>) -> String? {
        if case .failure(let error) = outcome { error.sqlState?.rawValue } else { nil }
    }

    @Test func typesArePartOfTheKey() {
        let batch = PipelineBatch([PostgresCall(statement, [.int8(1)]), PostgresCall(statement, [.text("")])])
        #expect(batch.keys[0] != batch.keys[1])
        #expect(batch.keys[0] == PipelineBatch([PostgresCall(statement, [.int8(nil)])]).keys[0])
    }

    @Test func dependentCallsGetTheCause() throws {
        var batch = PipelineBatch([PostgresCall(statement), PostgresCall(statement)])
        batch.prepares = [0]
        #expect(state(of: batch.settle(0, try failure("42P01"))) == "42P01")
        #expect(state(of: batch.settle(1, try failure("26000"))) == "42P01")
    }

    @Test func otherFailuresStay() throws {
        var batch = PipelineBatch([PostgresCall(statement), PostgresCall(statement)])
        batch.prepares = [0]
        _ = batch.settle(0, try failure("42P01"))
        #expect(state(of: batch.settle(1, try failure("22012"))) == "22012")
    }

    @Test func missingStatementsWithoutACauseStay() throws {
        var batch = PipelineBatch([PostgresCall(statement)])
        #expect(state(of: batch.settle(0, try failure("26000"))) == "26000")
    }
}
