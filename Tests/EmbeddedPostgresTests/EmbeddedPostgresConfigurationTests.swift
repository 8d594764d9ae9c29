import Testing

@testable import EmbeddedPostgres

@Suite
struct EmbeddedPostgresConfigurationTests {
    @Test func environmentNamesThePrograms() {
        let environment = ["HOOKLOG_POSTGRES_BIN": "/opt/pg/bin", "PATH": "/a:/b"]
        let configuration = EmbeddedPostgresConfiguration(directory: "/d", environment: environment)
        #expect(configuration.programDirectory == "/opt/pg/bin")
        #expect(configuration.searchPath == "/a:/b")
    }

    @Test func emptyProgramDirectoryMeansSearch() {
        let configuration = EmbeddedPostgresConfiguration(directory: "/d", environment: ["HOOKLOG_POSTGRES_BIN": ""])
        #expect(configuration.programDirectory == nil)
        #expect(!configuration.searchPath.isEmpty)
    }
}
