import Foundation
import Testing

@testable import Postgres

@Suite struct ConnectionParametersTests {
    private func parameters(
        _ connectionString: String,
        environment: [String: String] = [:]
    ) throws -> ConnectionParameters {
        try ConnectionParameters(
            PostgresConfiguration(connectionString: connectionString),
            environment: environment
        )
    }

    private func options(_ parameters: ConnectionParameters) throws -> String {
        try #require(parameters.pairs.first { $0.keyword == "options" }).value
    }

    @Test func defaultsStandBeforeTheConnectionString() throws {
        let keywords = try parameters("host=a").pairs.map { $0.keyword }
        let string = try #require(keywords.firstIndex(of: "dbname"))
        for keyword in ["fallback_application_name", "keepalives", "tcp_user_timeout"] {
            #expect(try #require(keywords.firstIndex(of: keyword)) < string)
        }
        #expect(try #require(keywords.firstIndex(of: "options")) > string)
    }

    @Test func usersOptionsAreKeptButNotOurZone() throws {
        let merged = try options(try parameters("host=a options='-c work_mem=8MB -c TimeZone=CET'"))
        let users = try #require(merged.range(of: "-c work_mem=8MB"))
        let zone = try #require(merged.range(of: "TimeZone=UTC"))
        #expect(users.upperBound < zone.lowerBound)
    }

    @Test func environmentsOptionsAreKept() throws {
        let merged = try options(try parameters("", environment: ["PGOPTIONS": "-c work_mem=9MB"]))
        #expect(merged.contains("work_mem=9MB"))
        #expect(merged.contains(#"default_transaction_isolation=read\ committed"#))
    }

    @Test func emptyStringLeavesAllToLibpq() throws {
        #expect(!(try parameters("").pairs.contains { $0.keyword == "dbname" }))
    }

    @Test(arguments: ["postgres://user:s3cret@host:notaport/db?nonsense=1", "password=s3cret nonsense"])
    func invalidStringsAreRefusedWithoutQuotingThem(connectionString: String) {
        #expect {
            _ = try parameters(connectionString)
        } throws: { error in
            (error as? PostgresError)?.code == .invalidConfiguration && !String(reflecting: error).contains("s3cret")
        }
    }

    @Test func configurationHidesTheConnectionString() {
        let configuration = PostgresConfiguration(connectionString: "password=s3cret")
        var dumped = ""
        dump(configuration, to: &dumped)
        #expect(!"\(configuration) \(String(reflecting: configuration)) \(dumped)".contains("s3cret"))
    }
}
