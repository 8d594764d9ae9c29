import Foundation
import Testing

@testable import EmbeddedPostgres

@Suite(.timeLimit(.minutes(10)))
struct SharingTests {
    @Test func ownerThatLeavesHandsOverToTheOther() async throws {
        let place = try TemporaryDirectory()
        let first = try ProbeProcess(place.cluster)
        #expect(await first.nextLine() == "ready")
        let second = try ProbeProcess(place.cluster)
        #expect(await second.nextLine() == "ready")
        #expect(await first.ask("owner?") == "owner")
        #expect(await second.ask("owner?") == "user")

        #expect(await first.ask("close") == "closed")
        try await eventually { await second.ask("owner?") == "owner" }
        #expect(try isRunning(place.cluster))

        #expect(await second.ask("close") == "closed")
        #expect(try !isRunning(place.cluster))
    }

    @Test func userThatLeavesStopsNothing() async throws {
        let place = try TemporaryDirectory()
        try await withOpenCluster(place.cluster) { cluster async throws in
            let user = try ProbeProcess(place.cluster)
            #expect(await user.nextLine() == "ready")
            #expect(await user.ask("close") == "closed")
            #expect(try await cluster.query("SELECT 1") == "1")
        }
    }

    @Test func otherProcessGoesOnWhenTheOwnerIsKilled() async throws {
        let place = try TemporaryDirectory()
        let owner = try ProbeProcess(place.cluster)
        #expect(await owner.nextLine() == "ready")
        try await withOpenCluster(place.cluster) { cluster async throws in
            #expect(await !cluster.isOwner)
            let postmaster = try cluster.postmasterID()
            await owner.killAndWait()
            try await eventually { await cluster.isOwner }
            #expect(try cluster.postmasterID() == postmaster)
            #expect(try await cluster.query("SELECT 1") == "1")
        }
        #expect(try !isRunning(place.cluster))
    }

    @Test func otherProcessRestartsWhatDiedWithItsOwner() async throws {
        let place = try TemporaryDirectory()
        let owner = try ProbeProcess(place.cluster)
        #expect(await owner.nextLine() == "ready")
        try await withOpenCluster(place.cluster) { cluster async throws in
            let postmaster = try cluster.postmasterID()
            await owner.killAndWait()
            kill(postmaster, SIGKILL)
            try await eventually { try await cluster.query("SELECT 1", orNil: true) == "1" }
            #expect(await cluster.isOwner)
        }
        #expect(try !isRunning(place.cluster))
    }

    @Test func userWithoutSupervisionStopsTheClusterOfAKilledOwner() async throws {
        let place = try TemporaryDirectory()
        let owner = try ProbeProcess(place.cluster)
        #expect(await owner.nextLine() == "ready")
        let configuration = EmbeddedPostgresConfiguration(directory: place.cluster)
        let cluster = try await EmbeddedPostgres.open(configuration, logger: quietLogger)
        await owner.killAndWait()
        #expect(try isRunning(place.cluster))
        await cluster.close()
        #expect(try !isRunning(place.cluster))
    }

    @Test func nextProcessAdoptsWhatAKilledOneLeft() async throws {
        let place = try TemporaryDirectory()
        let killed = try ProbeProcess(place.cluster)
        #expect(await killed.nextLine() == "ready")
        let layout = ClusterLayout(directory: place.cluster, temporaryDirectory: "/tmp")
        let left = PostmasterFile(path: layout.postmasterFile)?.pid
        await killed.killAndWait()
        #expect(try isRunning(place.cluster))
        try await withOpenCluster(place.cluster) { cluster async throws in
            #expect(await cluster.isOwner)
            #expect(try cluster.postmasterID() == left)
        }
        #expect(try !isRunning(place.cluster))
    }

    @Test func processesThatStartAtOnceMakeOneCluster() async throws {
        let place = try TemporaryDirectory()
        let probes = try (0..<4).map { _ in try ProbeProcess(place.cluster) }
        var owners = 0
        for probe in probes {
            #expect(await probe.nextLine() == "ready")
            if await probe.ask("owner?") == "owner" { owners += 1 }
        }
        #expect(owners == 1)
        let log = try String(contentsOfFile: place.cluster + "/postgres.log", encoding: .utf8)
        #expect(log.components(separatedBy: "starting PostgreSQL").count == 2)
        for probe in probes { #expect(await probe.ask("close") == "closed") }
        #expect(try !isRunning(place.cluster))
    }

    @Test func processThatComesWhileTheLastLeavesGetsACluster() async throws {
        let place = try TemporaryDirectory()
        for _ in 0..<3 {
            let leaving = try ProbeProcess(place.cluster)
            #expect(await leaving.nextLine() == "ready")
            let coming = try ProbeProcess(place.cluster)
            async let closed = leaving.ask("close")
            #expect(await coming.nextLine() == "ready")
            #expect(await closed == "closed")
            try await eventually { await coming.ask("owner?") == "owner" }
            #expect(try isRunning(place.cluster))
            #expect(await coming.ask("close") == "closed")
            #expect(try !isRunning(place.cluster))
        }
    }
}
