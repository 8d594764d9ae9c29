import Testing

@testable import EmbeddedPostgres

@Suite
struct SupervisionStateMachineTests {
    private static let poll = SupervisionStateMachine.pollInterval

    private func look(
        _ postmaster: PostmasterObservation,
        _ cluster: ClusterState = .present(majorVersion: 15),
        hasRemnants: Bool = false
    ) -> SupervisionStateMachine.Look {
        SupervisionStateMachine.Look(postmaster: postmaster, cluster: cluster, hasRemnants: hasRemnants)
    }

    private func machine(owner: Bool) -> SupervisionStateMachine {
        var machine = SupervisionStateMachine(deadlines: .init())
        if owner { machine.becomeOwner() }
        return machine
    }

    @Test(arguments: [true, false])
    func readyClusterIsServed(owner: Bool) {
        var machine = machine(owner: owner)
        #expect(machine.next(look(.ready), at: .zero) == .serve)
    }

    @Test(arguments: [PostmasterObservation.absent, .gone, .unrelated, .starting, .stopping])
    func userWaitsForTheOwner(observation: PostmasterObservation) {
        var machine = machine(owner: false)
        #expect(machine.next(look(observation, .missing), at: .zero) == .wait(Self.poll))
    }

    @Test func openingUserGivesUpAtTheDeadline() {
        var machine = machine(owner: false)
        #expect(machine.next(look(.absent), at: .seconds(5)) == .wait(Self.poll))
        #expect(machine.next(look(.absent), at: .seconds(65)) == .wait(Self.poll))
        #expect(machine.next(look(.absent), at: .seconds(66)) == .fail(.absentTooLong))
    }

    @Test func servingUserNeverGivesUp() {
        var machine = machine(owner: false)
        #expect(machine.next(look(.ready), at: .zero) == .serve)
        #expect(machine.next(look(.gone), at: .seconds(1)) == .wait(Self.poll))
        #expect(machine.next(look(.gone), at: .seconds(1_000)) == .wait(Self.poll))
    }

    @Test func userThatGetsTheLockStarts() {
        var machine = machine(owner: false)
        #expect(machine.next(look(.ready), at: .zero) == .serve)
        #expect(machine.next(look(.gone), at: .seconds(1)) == .wait(Self.poll))
        machine.becomeOwner()
        #expect(machine.next(look(.gone), at: .seconds(2)) == .start)
    }

    @Test func ownerMakesAMissingCluster() {
        var machine = machine(owner: true)
        #expect(machine.next(look(.absent, .missing), at: .zero) == .initialise)
        #expect(machine.next(look(.absent), at: .zero) == .start)
        #expect(machine.next(look(.starting), at: .zero) == .wait(Self.poll))
        #expect(machine.next(look(.ready), at: .zero) == .serve)
    }

    @Test func ownerLeavesADamagedClusterAlone() {
        var machine = machine(owner: true)
        #expect(machine.next(look(.absent, .damaged), at: .zero) == .fail(.damaged))
    }

    @Test func clusterThatVanishesWhileServedIsNotMadeAnew() {
        var machine = machine(owner: true)
        #expect(machine.next(look(.ready), at: .zero) == .serve)
        #expect(machine.next(look(.absent, .missing), at: .zero) == .fail(.vanished))
    }

    @Test func cleanClusterThatEndsAtEachStartFailsSoon() {
        var machine = machine(owner: true)
        var starts = 0
        var now: Duration = .zero
        while true {
            let action = machine.next(look(.absent), at: now)
            if action == .start { starts += 1 }
            if case .fail(let failure) = action {
                #expect(failure == .startFailed)
                break
            }
            now += .milliseconds(50)
        }
        #expect(starts == SupervisionStateMachine.startsOfCleanCluster)
        #expect(now < .seconds(5))
    }

    @Test func crashedClusterIsStartedUntilTheDeadline() {
        var machine = machine(owner: true)
        var starts: [Duration] = []
        var now: Duration = .zero
        var last = SupervisionStateMachine.Action.wait(.zero)
        while now <= .seconds(70) {
            last = machine.next(look(.gone), at: now)
            if last == .start { starts.append(now) }
            if case .fail = last { break }
            now += .milliseconds(50)
        }
        #expect(last == .fail(.absentTooLong))
        #expect(now > .seconds(60) && now < .seconds(61))
        let gaps = zip(starts.dropFirst(), starts).map { $0 - $1 }
        #expect(gaps.prefix(5) == [.milliseconds(250), .milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
        #expect(gaps.allSatisfy { $0 <= SupervisionStateMachine.longestBackOff })
    }

    @Test func remnantsAreWaitedForAndThenEnded() {
        var machine = machine(owner: true)
        #expect(machine.next(look(.ready), at: .zero) == .serve)
        #expect(machine.next(look(.gone, hasRemnants: true), at: .seconds(1)) == .wait(Self.poll))
        #expect(machine.next(look(.gone, hasRemnants: true), at: .seconds(5)) == .wait(Self.poll))
        #expect(machine.next(look(.gone, hasRemnants: true), at: .seconds(6)) == .endRemnants)
        #expect(machine.next(look(.gone, hasRemnants: true), at: .seconds(7)) == .wait(Self.poll))
        #expect(machine.next(look(.gone), at: .seconds(8)) == .start)
    }

    @Test func fileOfAnotherProgramsProcessIsRemovedBeforeTheStart() {
        var machine = machine(owner: true)
        #expect(machine.next(look(.unrelated, hasRemnants: true), at: .zero) == .wait(Self.poll))
        #expect(machine.next(look(.unrelated), at: .seconds(1)) == .removePostmasterFile)
        #expect(machine.next(look(.absent), at: .seconds(1)) == .start)
    }

    @Test func unseenServerIsUsedButNotOwned() {
        var user = machine(owner: false)
        #expect(user.next(look(.unseen), at: .zero) == .serve)
        var owner = machine(owner: true)
        #expect(owner.next(look(.unseen), at: .zero) == .wait(Self.poll))
        #expect(owner.next(look(.unseen), at: .milliseconds(1_999)) == .wait(Self.poll))
        #expect(owner.next(look(.unseen), at: .seconds(2)) == .fail(.servedElsewhere))
    }

    /// Killed, a postmaster loses its name before its socket.
    @Test func postmasterOutOfSightForAMomentIsStartedAgain() {
        var owner = machine(owner: true)
        #expect(owner.next(look(.ready), at: .zero) == .serve)
        #expect(owner.next(look(.unseen), at: .seconds(1)) == .wait(Self.poll))
        #expect(owner.next(look(.gone), at: .milliseconds(1_050)) == .start)
        #expect(owner.next(look(.unseen), at: .seconds(5)) == .wait(Self.poll))
    }

    @Test func recoveryMayTakeLongerThanAbsence() {
        var machine = machine(owner: true)
        #expect(machine.next(look(.gone), at: .zero) == .start)
        #expect(machine.next(look(.starting), at: .seconds(300)) == .wait(Self.poll))
        #expect(machine.next(look(.starting), at: .seconds(601)) == .fail(.recoveryTooLong))
    }

    @Test func aServedClusterBeginsItsOutageAnew() {
        var machine = machine(owner: true)
        #expect(machine.next(look(.gone), at: .zero) == .start)
        #expect(machine.next(look(.ready), at: .seconds(50)) == .serve)
        #expect(machine.next(look(.gone), at: .seconds(100)) == .start)
        #expect(machine.next(look(.gone), at: .seconds(101)) == .start)
    }
}
