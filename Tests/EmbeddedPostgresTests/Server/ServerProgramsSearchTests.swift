import Foundation
import Testing

@testable import EmbeddedPostgres

@Suite(.timeLimit(.minutes(10)))
struct ServerProgramsSearchTests {
    private let place: TemporaryDirectory
    private let command: ServerCommand

    init() throws {
        place = try TemporaryDirectory()
        let session = ServerSession(user: try ServerUser.find("postgres"))
        command = ServerCommand(session: session)
    }

    /// Makes a directory with programs that say they are `version`, and returns it.
    private func install(_ version: String, in directory: String, complete: Bool = true) throws -> String {
        let path = try place.makeDirectory(directory)
        let script = "#!/bin/sh\necho 'postgres (PostgreSQL) \(version)'\n"
        try place.write(script, to: directory + "/postgres", mode: 0o755)
        if complete { try place.write(script, to: directory + "/initdb", mode: 0o755) }
        return path
    }

    private func find(
        _ version: Int? = nil,
        path: String = "",
        only directory: String? = nil
    ) async throws -> ServerPrograms {
        var configuration = EmbeddedPostgresConfiguration(directory: place.cluster, environment: ["PATH": path])
        configuration.installationsDirectory = place.path + "/installed"
        configuration.programDirectory = directory
        return try await ServerProgramsSearch(configuration: configuration, command: command).find(
            clusterVersion: version
        )
    }

    private func failure(_ version: Int? = nil, only directory: String? = nil) async throws -> EmbeddedPostgresError {
        try #require(
            await #expect(throws: EmbeddedPostgresError.self) { try await find(version, only: directory) }
        )
    }

    @Test func newestVersionMakesAClusterByNumberNotByText() async throws {
        for version in [9, 14, 15, 100] { _ = try install("\(version).3 (Debian)", in: "installed/\(version)/bin") }
        let programs = try await find()
        #expect(programs == ServerPrograms(directory: place.path + "/installed/100/bin", majorVersion: 100))
    }

    @Test func versionThatMadeTheClusterIsUsed() async throws {
        for version in [14, 15, 16] { _ = try install("\(version).3", in: "installed/\(version)/bin") }
        #expect(try await find(15).directory == place.path + "/installed/15/bin")
    }

    @Test func pathIsSearchedAfterTheInstallations() async throws {
        let other = try install("16rc1", in: "other")
        #expect(try await find(path: "/nonexistent:\(other)").directory == other)
        let installed = try install("15.1", in: "installed/15/bin")
        #expect(try await find(path: other).directory == installed)
        #expect(try await find(16, path: other).directory == other)
    }

    @Test func directoryThatConfigurationProgramNamesIsTheLastResort() async throws {
        let hidden = try install("15.1", in: "hidden")
        let tools = try place.makeDirectory("tools")
        try place.write("#!/bin/sh\necho \(hidden)\n", to: "tools/pg_config", mode: 0o755)
        #expect(try await find(path: tools).directory == hidden)
    }

    @Test func configuredDirectoryIsTheOnlyOne() async throws {
        _ = try install("15.1", in: "installed/15/bin")
        let chosen = try install("14.9", in: "chosen")
        #expect(try await find(only: chosen).directory == chosen)
        let error = try await failure(only: place.path + "/nonexistent")
        #expect(error.code == .programsMissing)
        #expect(error.description.contains("HOOKLOG_POSTGRES_BIN"))
    }

    @Test func missingInstallationNamesThePackage() async throws {
        let error = try await failure()
        #expect(error.code == .programsMissing)
        #expect(error.description.contains("`apt-get install postgresql-15`"))
        #expect(try await failure(17).description.contains("`apt-get install postgresql-17`"))
    }

    @Test func oldAndIncompleteInstallationsDoNotCount() async throws {
        _ = try install("13.9", in: "installed/13/bin")
        _ = try install("15.1", in: "installed/15/bin", complete: false)
        #expect(try await failure().code == .programsMissing)
    }

    @Test func clusterOfAVersionThatIsNotInstalledIsAMismatch() async throws {
        for version in [14, 15] { _ = try install("\(version).3", in: "installed/\(version)/bin") }
        let error = try await failure(16)
        #expect(error.code == .versionMismatch)
        #expect(error.description.contains("PostgreSQL 16, and this machine has 14, 15"))
    }

    @Test(
        arguments: [
            ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)", 15), ("postgres (PostgreSQL) 17beta1", 17),
            ("postgres (PostgreSQL) x", nil), ("psql 15", nil), ("", nil),
        ] as [(String, Int?)]
    )
    func versionIsReadFromItsLine(text: String, version: Int?) {
        #expect(ServerProgramsSearch.majorVersion(in: text) == version)
    }
}
