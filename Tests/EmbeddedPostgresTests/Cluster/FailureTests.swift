import Foundation
import Testing

@testable import EmbeddedPostgres

@Suite(.timeLimit(.minutes(10)))
struct FailureTests {
    /// Opens the cluster, which has to fail, and returns the error.
    private func failure(
        of directory: String,
        configure: (inout EmbeddedPostgresConfiguration) -> Void = { _ in }
    ) async throws -> EmbeddedPostgresError {
        var configuration = EmbeddedPostgresConfiguration(directory: directory)
        configure(&configuration)
        let fixed = configuration
        return try #require(
            await #expect(throws: EmbeddedPostgresError.self) {
                let cluster = try await EmbeddedPostgres.open(fixed, logger: quietLogger)
                await cluster.close()
            }
        )
    }

    @Test(.enabled(if: runsAsRoot))
    func unreachableDirectoryIsNamedWithTheWayOut() async throws {
        let place = try TemporaryDirectory()
        let closed = try place.makeDirectory("closed", mode: 0o700)
        let error = try await failure(of: closed + "/inner/cluster")
        #expect(error.code == .directoryUnreachable)
        #expect(error.path == closed)
        #expect(error.description.contains("`chmod o+x \(closed)`"))
    }

    @Test func versionNobodyHasIsNamedWithTheWayOut() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { _ in }
        try Data("14\n".utf8).write(to: URL(fileURLWithPath: place.cluster + "/data/PG_VERSION"))
        let error = try await failure(of: place.cluster) { $0.searchPath = "" }
        #expect(error.code == .versionMismatch)
        #expect(error.description.contains("made by PostgreSQL 14"))
        #expect(error.description.contains("apt-get install postgresql-14"))
    }

    @Test func filesThatAreNoClusterAreLeftAlone() async throws {
        let place = try TemporaryDirectory()
        let data = try place.makeDirectory("cluster/data")
        try place.write("keep me", to: "cluster/data/notes")
        let error = try await failure(of: place.cluster)
        #expect(error.code == .clusterDamaged)
        #expect(error.path == data)
        #expect(try place.names(in: "cluster/data") == ["notes"])
    }

    @Test func unfinishedClusterIsReplaced() async throws {
        let place = try TemporaryDirectory()
        _ = try place.makeDirectory("cluster/data.new-0badcafe/base")
        try place.write("15", to: "cluster/data.new-0badcafe/PG_VERSION")
        _ = try place.makeDirectory("cluster/data")
        let user = try ServerUser.find("postgres")
        for name in ["", "/base", "/PG_VERSION"] {
            try user.takeOwnership(of: place.cluster + "/data.new-0badcafe" + name)
        }
        try await withOpenCluster(place.cluster) { cluster async throws in
            #expect(try await cluster.query("SELECT 1") == "1")
        }
        #expect(try place.names().filter { $0.hasPrefix("data") } == ["data"])
    }

    @Test func failedFirstStartLeavesNothingBehindAndTheNextSucceeds() async throws {
        let place = try TemporaryDirectory()
        let programs = try place.makeDirectory("programs")
        try place.write("#!/bin/sh\necho 'postgres (PostgreSQL) 15.1'\n", to: "programs/postgres", mode: 0o755)
        let script = "#!/bin/sh\nfor o in \"$@\"; do case $o in --pgdata=*) mkdir ${o#*=}/base;; esac; done\n"
        let fault = "echo 'could not write: No space left on device'\nexit 1\n"
        try place.write(script + fault, to: "programs/initdb", mode: 0o755)
        let error = try await failure(of: place.cluster) { $0.programDirectory = programs }
        #expect(error.code == .initialisationFailed)
        #expect(error.logTail == ["could not write: No space left on device"])
        #expect(try place.names().filter { $0.hasPrefix("data") } == [])
        try await withOpenCluster(place.cluster) { cluster async throws in
            #expect(try await cluster.query("SELECT 1") == "1")
        }
    }

    @Test func clusterThatDoesNotStartIsReportedWithPostgresLastWords() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { _ in }
        try Data("work_mem = 'plenty'\n".utf8)
            .write(to: URL(fileURLWithPath: place.cluster + "/data/postgresql.auto.conf"))
        let error = try await failure(of: place.cluster)
        #expect(error.code == .startFailed)
        #expect(error.description.contains("work_mem"))
        #expect(try !isRunning(place.cluster))
    }

    @Test func socketDirectoryOpenToOthersIsRefused() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { _ in }
        try #require(chmod(place.cluster + "/run", 0o755) == 0)
        let error = try await failure(of: place.cluster)
        #expect(error.code == .directoryUnusable)
        #expect(error.path == place.cluster + "/run")
        #expect(try !isRunning(place.cluster))
    }

    @Test(.enabled(if: runsAsRoot))
    func clusterOfAnotherUserIsRefused() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { _ in }
        try #require(chown(place.cluster + "/data", 12_345, 12_345) == 0)
        let error = try await failure(of: place.cluster)
        #expect(error.code == .directoryUnusable)
        #expect(error.description.contains("belongs to user 12345"))
    }

    @Test func waitForAProcessThatStopsTheClusterEndsAtItsDeadline() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { _ in }
        let users = try LockFile(place.cluster + "/users")
        let isLocked = users.tryExclusive()
        try #require(isLocked)
        let error = try await failure(of: place.cluster) {
            $0.deadlines.fastStop = .seconds(-5)
            $0.deadlines.immediateStop = .milliseconds(50)
        }
        #expect(error.code == .inUse)
    }

    @Test(arguments: [1, 60, 400, 900, 1_500])
    func cancelledOpenLeavesNoServer(milliseconds: Int) async throws {
        let place = try TemporaryDirectory()
        let configuration = EmbeddedPostgresConfiguration(directory: place.cluster)
        let code = await withTaskGroup(of: EmbeddedPostgresError.Code?.self) { group in
            group.addTask {
                do throws(EmbeddedPostgresError) {
                    let cluster = try await EmbeddedPostgres.open(configuration, logger: quietLogger)
                    await cluster.close()
                    return nil
                } catch {
                    return error.code
                }
            }
            _ = await hasSlept(.milliseconds(milliseconds))
            group.cancelAll()
            return await group.next().flatMap { $0 }
        }
        #expect(code == nil || code == .cancelled)
        try await eventually { try !isRunning(place.cluster) && serverProcesses(of: place.cluster).isEmpty }
        try await withOpenCluster(place.cluster) { cluster async throws in
            #expect(try await cluster.query("SELECT 1") == "1")
        }
        #expect(try place.names().filter { $0.hasPrefix("data") } == ["data"])
    }
}

/// The processes whose command line names the directory.
private func serverProcesses(of directory: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "/proc").filter { name in
        guard Int(name) != nil, let data = FileManager.default.contents(atPath: "/proc/\(name)/cmdline") else {
            return false
        }
        let text = String(decoding: data, as: UTF8.self)
        return text.contains(directory) && !text.contains("xctest")
    }
}
