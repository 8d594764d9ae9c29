import Foundation

/// The search for PostgreSQL's server programs.
struct ServerProgramsSearch: Sendable {
    private static let versionDeadline: Duration = .seconds(10)

    let configuration: EmbeddedPostgresConfiguration
    let command: ServerCommand

    /// Finds the programs of the version that made the cluster, or, without a cluster, the newest from 14 on.
    ///
    /// A configured program directory is the only one looked at. Otherwise one folder per version, then `PATH`, then what
    /// `pg_config` names.
    func find(clusterVersion: Int?) async throws(EmbeddedPostgresError) -> ServerPrograms {
        let found = try await candidates().filter { $0.majorVersion >= ServerPrograms.oldestVersion }
        guard let clusterVersion else {
            guard let newest = found.first else { throw missing(ServerPrograms.proposedVersion) }
            return newest
        }
        if let match = found.first(where: { $0.majorVersion == clusterVersion }) { return match }
        guard !found.isEmpty else { throw missing(clusterVersion) }
        throw mismatch(clusterVersion, installed: found.map(\.majorVersion))
    }

    private func candidates() async throws(EmbeddedPostgresError) -> [ServerPrograms] {
        if let directory = configuration.programDirectory {
            guard let programs = try await inspect(directory) else { throw missing(ServerPrograms.proposedVersion) }
            return [programs]
        }
        var found: [ServerPrograms] = []
        for directory in installedDirectories() + searchedDirectories() {
            guard let programs = try await inspect(directory) else { continue }
            found.append(programs)
        }
        if found.isEmpty, let directory = try await configuredDirectory(),
            let programs = try await inspect(directory)
        {
            found.append(programs)
        }
        return found
    }

    /// The `bin` directories of the installed versions, newest first.
    private func installedDirectories() -> [String] {
        let root = configuration.installationsDirectory
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return names.compactMap { Int($0) }.sorted(by: >).map { "\(root)/\($0)/bin" }
    }

    private func searchedDirectories() -> [String] {
        configuration.searchPath.split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
    }

    private func configuredDirectory() async throws(EmbeddedPostgresError) -> String? {
        for directory in searchedDirectories() where access(directory + "/pg_config", X_OK) == 0 {
            let outcome = try await command.run(
                directory + "/pg_config",
                ["--bindir"],
                deadline: ServerProgramsSearch.versionDeadline
            )
            if outcome.status == 0 { return outcome.lastLines.last }
        }
        return nil
    }

    /// The programs in `directory` with the version they report; nil when they are not all there or do not run.
    private func inspect(_ directory: String) async throws(EmbeddedPostgresError) -> ServerPrograms? {
        guard access(directory + "/postgres", X_OK) == 0, access(directory + "/initdb", X_OK) == 0 else { return nil }
        let outcome = try await command.run(
            directory + "/postgres",
            ["--version"],
            deadline: ServerProgramsSearch.versionDeadline
        )
        guard outcome.status == 0, let version = ServerProgramsSearch.majorVersion(in: outcome.output) else {
            return nil
        }
        return ServerPrograms(directory: directory, majorVersion: version)
    }

    /// Reads the major version from a line such as `postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`.
    static func majorVersion(in text: String) -> Int? {
        guard let marker = text.range(of: "(PostgreSQL) ") else { return nil }
        return Int(text[marker.upperBound...].prefix { $0.isNumber })
    }

    private func missing(_ version: Int) -> EmbeddedPostgresError {
        let place = configuration.programDirectory ?? configuration.installationsDirectory
        return EmbeddedPostgresError(
            code: .programsMissing,
            path: place,
            problem: "No PostgreSQL server from version \(ServerPrograms.oldestVersion) on was found in \(place)"
                + (configuration.programDirectory == nil ? " or PATH" : ", which HOOKLOG_POSTGRES_BIN names"),
            remedy:
                "run `apt-get install postgresql-\(version)`, or set HOOKLOG_POSTGRES_BIN to the directory of `initdb`"
        )
    }

    private func mismatch(_ version: Int, installed: [Int]) -> EmbeddedPostgresError {
        let list = Set(installed).sorted().map(String.init).joined(separator: ", ")
        return EmbeddedPostgresError(
            code: .versionMismatch,
            path: configuration.directory + "/data",
            problem: "The cluster in \(configuration.directory)/data was made by PostgreSQL \(version),"
                + " and this machine has \(list)",
            remedy: "run `apt-get install postgresql-\(version)`, or upgrade the cluster with pg_upgrade"
        )
    }
}
