import Foundation
import ServiceLifecycleTestKit
import Testing

@testable import EmbeddedPostgres

@Suite(.timeLimit(.minutes(10)))
struct CrashTests {
    @Test func dataSurvivesARestart() async throws {
        let place = try TemporaryDirectory()
        let before = try await withOpenCluster(place.cluster) { cluster async throws in
            _ = try await cluster.query("CREATE TABLE kept AS SELECT 42 AS value")
            return try cluster.postmasterID()
        }
        try await withOpenCluster(place.cluster) { cluster async throws in
            #expect(try await cluster.query("SELECT value FROM kept") == "42")
            #expect(try cluster.postmasterID() != before)
        }
    }

    @Test func killedPostmasterIsRestartedWithWhatWasCommitted() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { cluster async throws in
            _ = try await cluster.query("CREATE TABLE kept AS SELECT 42 AS value")
            let before = try cluster.postmasterID()
            kill(before, SIGKILL)
            try await eventually { try await cluster.query("SELECT value FROM kept", orNil: true) == "42" }
            #expect(try cluster.postmasterID() != before)
        }
        #expect(try !isRunning(place.cluster))
    }

    @Test func sessionThatOutlivesItsPostmasterIsEnded() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { configuration in
            configuration.deadlines.remnants = .milliseconds(300)
        } _: { cluster async throws in
            async let endless = cluster.query("SELECT count(*) FROM generate_series(1, 100000000000)", orNil: true)
            // Neither reads its socket nor waits, so it does not notice that the postmaster is gone.
            let isBusy =
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%1000%' AND pid <> pg_backend_pid()"
            try await eventually { try await cluster.query(isBusy) == "1" }
            let before = try cluster.postmasterID()
            kill(before, SIGKILL)
            try await eventually { try await cluster.query("SELECT 1", orNil: true) == "1" }
            #expect(try cluster.postmasterID() != before)
            #expect(try await endless == nil)
        }
    }

    @Test func processIDGivenOutAgainDoesNotPreventTheStart() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { _ in }
        let session = ServerSession(user: try ServerUser.find("postgres"))
        let null = try OpenFile("/dev/null", flags: O_RDWR)
        let other = try session.start("/bin/sleep", ["100"], input: null, output: null)
        defer {
            kill(other, SIGKILL)
            waitpid(other, nil, 0)
        }
        let stale = "\(other)\n\(place.cluster)/data\n1\n5432\n\(place.cluster)/run\n\n 1 1\nready   \n"
        let file = place.cluster + "/data/postmaster.pid"
        try Data(stale.utf8).write(to: URL(fileURLWithPath: file))
        try session.user.takeOwnership(of: file)
        try await withOpenCluster(place.cluster) { cluster async throws in
            #expect(try await cluster.query("SELECT 1") == "1")
        }
        #expect(kill(other, 0) == 0)
    }

    @Test func supervisionEndsOnGracefulShutdownAndTheClusterStaysUntilClose() async throws {
        let place = try TemporaryDirectory()
        let configuration = EmbeddedPostgresConfiguration(directory: place.cluster)
        let cluster = try await EmbeddedPostgres.open(configuration, logger: quietLogger)
        try await testGracefulShutdown { trigger in
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await cluster.run() }
                trigger.triggerGracefulShutdown()
                try await group.waitForAll()
            }
        }
        #expect(try await cluster.query("SELECT 1") == "1")
        await cluster.close()
        #expect(try !isRunning(place.cluster))
        await cluster.close()
    }

    @Test func supervisionThrowsWhenTheClusterCannotComeBack() async throws {
        let place = try TemporaryDirectory()
        var configuration = EmbeddedPostgresConfiguration(directory: place.cluster)
        configuration.deadlines.absence = .seconds(2)
        let cluster = try await EmbeddedPostgres.open(configuration, logger: quietLogger)
        try Data("nonsense".utf8).write(to: URL(fileURLWithPath: place.cluster + "/data/postgresql.auto.conf"))
        kill(try cluster.postmasterID(), SIGKILL)
        let error = await #expect(throws: EmbeddedPostgresError.self) { try await cluster.run() }
        #expect(error?.code == .startTimedOut)
        #expect(error?.logTail.contains { $0.contains("nonsense") || $0.contains("configuration file") } == true)
        await cluster.close()
    }

    @Test func stopIsACleanShutdown() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { cluster async throws in
            // A session that does not end by itself does not hold up a fast stop.
            async let sleeper = cluster.query("SELECT pg_sleep(300)", orNil: true)
            let isAsleep = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
            try await eventually { try await cluster.query(isAsleep) == "1" }
            await cluster.close()
            #expect(try await sleeper == nil)
        }
        let log = try String(contentsOfFile: place.cluster + "/postgres.log", encoding: .utf8)
        #expect(log.contains("received fast shutdown request"))
        #expect(log.contains("database system is shut down"))
    }
}

extension EmbeddedPostgres {
    /// Runs `statement`; nil when it fails, as while the server is away.
    nonisolated func query(_ statement: String, orNil: Bool) async throws -> String? {
        do {
            return try await query(statement)
        } catch is ProgramFailure {
            return nil
        }
    }
}
