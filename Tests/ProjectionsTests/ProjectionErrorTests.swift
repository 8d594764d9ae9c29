import EventLog
import Postgres
import Testing

@testable import Projections

/// What operators read.
struct ProjectionErrorTests {
    @Test(arguments: ProjectionError.Code.allCases)
    func descriptionIsOneSentenceWithAWayOut(code: ProjectionError.Code) {
        let error = ProjectionError(code, projection: .directory, workspace: WorkspaceID(rawValue: 3))
        #expect(error.description.hasSuffix("."))
        #expect(!error.description.contains("nil"))
    }

    @Test(arguments: [
        (PostgresError.Code.connectionLost, ProjectionError.Code.unavailable), (.cancelled, .cancelled),
        (.insufficientPrivilege, .databaseFailed), (.lockNotAvailable, .unavailable),
    ])
    func failureOfTheDatabaseIsTranslated(code: PostgresError.Code, expected: ProjectionError.Code) {
        #expect(ProjectionError(PostgresError(code)).code == expected)
    }
}
