import Foundation
import Testing

@testable import Postgres

@Suite struct PostgresErrorTests {
    private static let secret = "s3cret-value"

    private func error(_ state: String, message: String = secret, statement: String? = "append") throws -> PostgresError
    {
        let state = try #require(SQLState(rawValue: state))
        let diagnostics = PostgresDiagnostics(sqlState: state, message: message)
        return PostgresError(code: PostgresError.Code(state), diagnostics: diagnostics, statement: statement)
    }

    @Test(arguments: [
        ("23505", PostgresError.Code.uniqueViolation), ("23503", .foreignKeyViolation), ("23502", .notNullViolation),
        ("23514", .checkViolation), ("23P01", .exclusionViolation), ("23000", .integrityViolation),
        ("22P02", .dataException), ("21000", .cardinalityViolation), ("25006", .readOnly),
        ("25P02", .invalidTransactionState), ("3D000", .undefinedDatabase), ("40001", .serializationFailure),
        ("40P01", .deadlock), ("42501", .insufficientPrivilege), ("42601", .syntax), ("42P01", .undefinedTable),
        ("42883", .undefinedObject), ("42P07", .duplicateObject), ("55P03", .lockNotAvailable), ("55006", .objectInUse),
        ("57014", .queryCancelled), ("57P01", .adminShutdown), ("57P03", .connectionFailed), ("53300", .outOfResources),
        ("54001", .limitExceeded), ("0A000", .featureNotSupported), ("P0001", .raised), ("XX000", .serverInternal),
        ("08006", .connectionLost), ("28P01", .authenticationFailed), ("HV000", .other),
    ])
    func sqlStateMapsToCode(state: String, code: PostgresError.Code) {
        #expect(PostgresError.Code(SQLState(rawValue: state)) == code)
    }

    @Test(arguments: [
        ("XX000", "cache lookup failed for function 12345", PostgresError.Code.serializationFailure),
        ("XX000", "could not open relation with OID 12345", .serializationFailure),
        ("XX000", "tuple concurrently updated", .serializationFailure),
        ("XX000", "unexpected chunk number 0", .serverInternal), ("P0001", "cache lookup failed for", .raised),
    ])
    func replacedObjectsAreToldByTheirMessage(state: String, message: String, code: PostgresError.Code) {
        #expect(PostgresError.Code(PostgresDiagnostics(sqlState: SQLState(rawValue: state), message: message)) == code)
    }

    @Test(arguments: [("42P05", true), ("26000", true), ("42P07", false)])
    func sharedSessionsAreToldWithTheWayOut(state: String, isShared: Bool) throws {
        let text = String(describing: try error(state, message: "prepared statement already exists"))
        #expect(text.contains("in session mode") == isShared, "\(text)")
    }

    @Test func missingSQLStateIsOther() {
        #expect(PostgresError.Code(nil) == .other)
    }

    @Test(arguments: ["22P02", "22003", "23505", "21000", "P0001", "XX000"])
    func valuesAreNotShown(state: String) throws {
        let error = try error(state)
        for text in ["\(error)", String(reflecting: error), error.localizedDescription] {
            #expect(!text.contains(Self.secret))
        }
    }

    @Test(arguments: ["22P02", "23505", "21000"])
    func messagesOfDataErrorsAreNotKept(state: String) throws {
        #expect(try error(state).serverMessage == nil)
    }

    @Test(arguments: ["42P01", "57P01", "53300", "08006", "28P01", "3D000", "55P03"])
    func messagesOfOtherClassesAreShown(state: String) throws {
        let text = String(describing: try error(state, message: "relation is gone"))
        #expect(text.contains("relation is gone"))
    }

    @Test func descriptionNamesStatementConstraintAndState() throws {
        var diagnostics = PostgresDiagnostics(sqlState: SQLState(rawValue: "23505"), message: Self.secret)
        diagnostics.constraint = "event_pkey"
        let error = PostgresError(code: .uniqueViolation, diagnostics: diagnostics, statement: "append")
        #expect("\(error)" == "Statement append violated constraint event_pkey [23505].")
        #expect(error.constraint == "event_pkey")
    }

    @Test func descriptionIsOneLineWithAWayOut() throws {
        let error = PostgresError(.connectionFailed, serverMessage: "connection to server failed:\n\tIs it running?\n")
        #expect(
            "\(error)" == "PostgreSQL could not be reached: connection to server failed: Is it running?. "
                + "Check that the server runs and that the connection string names it."
        )
    }

    @Test(arguments: PostgresError.Code.allCases)
    func everyCodeHasASentence(code: PostgresError.Code) {
        let text = "\(PostgresError(code))"
        #expect(text.hasSuffix("."))
        #expect(text.count > 15)
    }

    @Test func scriptErrorsCarryTheLine() {
        var diagnostics = PostgresDiagnostics(sqlState: SQLState(rawValue: "42601"), message: "syntax error")
        diagnostics.position = 12
        let script = "SELECT 1;\n\nSELEC 2;"
        let error = PostgresError(code: .syntax, diagnostics: diagnostics, statement: "script", script: script)
        #expect(error.line == 3)
        #expect("\(error)".contains("at line 3"))
    }

    @Test(arguments: ["", "1234", "123456", "abcde", "12 45"])
    func malformedSQLStatesAreRefused(text: String) {
        #expect(SQLState(rawValue: text) == nil)
    }
}
