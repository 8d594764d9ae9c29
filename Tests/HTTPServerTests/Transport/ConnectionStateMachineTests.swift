import NIOCore
import Testing

@testable import HTTPServer

struct ConnectionStateMachineTests {
    private let start = NIODeadline.uptimeNanoseconds(1_000_000_000_000)

    private func machine(_ change: (inout ConnectionLimits) -> Void = { _ in }) -> ConnectionStateMachine {
        var limits = ConnectionLimits()
        change(&limits)
        return ConnectionStateMachine(limits: limits, now: start)
    }

    private func after(_ seconds: Double) -> NIODeadline {
        start + .nanoseconds(Int64(seconds * 1_000_000_000))
    }

    @Test func exchangeIsForwardedAndTheNextOneFollows() {
        var machine = machine()
        for _ in 0..<2 {
            verify(machine.receiveHead(.init(), now: start) == .forward)
            verify(machine.receiveBody(byteCount: 3, now: start) == .forward)
            verify(machine.receiveEnd(now: start) == .forward)
            verify(machine.writeHead(now: start) == .write(closes: false))
            verify(machine.writeBody(now: start))
            verify(machine.writeEnd(now: start) == .writeThenResume)
        }
        verify(machine.allowsRead)
    }

    @Test func headWithoutExactlyOneHostIsRefused() {
        var machine = machine()
        verify(machine.receiveHead(.init(hasOneHost: false), now: start) == .refuse(.host))
        verify(machine.receiveBody(byteCount: 3, now: start) == .discard)
        verify(machine.flushed(now: start) == .closeOutput)
        verify(machine.receiveEnd(now: start) == .close)
    }

    @Test func pipelinedRequestIsHeldUntilTheAnswerHasEnded() {
        var machine = machine()
        _ = machine.receiveHead(.init(), now: start)
        _ = machine.receiveEnd(now: start)
        verify(machine.receiveHead(.init(), now: start) == .hold)
        verify(machine.receiveBody(byteCount: 3, now: start) == .hold)
        verify(machine.receiveEnd(now: start) == .hold)
        _ = machine.writeHead(now: start)
        verify(machine.writeEnd(now: start) == .writeThenResume)
        verify(machine.receiveHead(.init(), now: start) == .forward)
    }

    @Test func answerBeforeTheRequestsEndClosesTheOutputAndIsCutWithinASecond() {
        var machine = machine()
        _ = machine.receiveHead(.init(), now: start)
        verify(machine.writeHead(now: start) == .write(closes: true))
        verify(machine.writeEnd(now: start) == .writeThenClose)
        verify(machine.flushed(now: start) == .closeOutput)
        verify(machine.receiveBody(byteCount: 9, now: start) == .discard)
        verify(machine.deadline.map { $0 < after(1) } == true)
        verify(machine.deadlinePassed(now: after(1), isWritable: true) == .close)
        verify(machine.deadline == nil)
    }

    @Test func closingConnectionStopsReadingAfterAFewBytes() {
        var machine = machine { $0.lingerByteCount = 100 }
        _ = machine.receiveHead(.init(), now: start)
        _ = machine.writeHead(now: start)
        _ = machine.writeEnd(now: start)
        _ = machine.receiveBody(byteCount: 99, now: start)
        verify(machine.allowsRead)
        _ = machine.receiveBody(byteCount: 1, now: start)
        verify(!machine.allowsRead)
    }

    @Test func requestThatAsksToCloseIsClosedAfterItsAnswerIsFlushed() {
        var machine = machine()
        _ = machine.receiveHead(.init(closes: true), now: start)
        _ = machine.receiveEnd(now: start)
        verify(machine.writeHead(now: start) == .write(closes: true))
        verify(machine.writeEnd(now: start) == .writeThenClose)
        // A long answer may take its time to reach the client.
        verify(machine.deadlinePassed(now: after(2), isWritable: false) == .ignore)
        verify(machine.deadline == after(60))
        verify(machine.flushed(now: start) == .close)
    }

    @Test func headDeadlineIsAbsolute() {
        var machine = machine()
        verify(machine.deadline == after(10))
        verify(machine.deadlinePassed(now: after(9), isWritable: true) == .ignore)
        verify(machine.deadline == after(10))
        verify(machine.deadlinePassed(now: after(10), isWritable: true) == .close)
    }

    @Test func waitingIsExtendedOnceWhileTheClientStillReads() {
        var machine = machine()
        verify(machine.deadlinePassed(now: after(10), isWritable: false) == .ignore)
        verify(machine.deadline == after(70))
        verify(machine.deadlinePassed(now: after(70), isWritable: false) == .close)
    }

    @Test func bodyThatPausesIsRefusedAfterTheIdleDeadline() {
        var machine = machine()
        _ = machine.receiveHead(.init(), now: start)
        _ = machine.receiveBody(byteCount: 1, now: after(5))
        verify(machine.deadline == after(15))
        verify(
            machine.deadlinePassed(now: after(15), isWritable: true)
                == .refuse(.bodyDeadline, tellsApplication: true)
        )
        verify(machine.writeHead(now: after(15)) == .discard)
        verify(!machine.writeBody(now: after(15)))
        verify(machine.writeEnd(now: after(15)) == .discard)
    }

    @Test func bodyThatTricklesIsRefusedAtTheAbsoluteDeadline() {
        var machine = machine()
        _ = machine.receiveHead(.init(), now: start)
        for second in stride(from: 5.0, to: 30, by: 5) {
            verify(machine.receiveBody(byteCount: 1, now: after(second)) == .forward)
        }
        verify(machine.deadline == after(30))
        verify(
            machine.deadlinePassed(now: after(30), isWritable: true)
                == .refuse(.bodyDeadline, tellsApplication: true)
        )
    }

    @Test func bodyDeadlineAfterTheAnswerBeganCloses() {
        var machine = machine()
        _ = machine.receiveHead(.init(), now: start)
        _ = machine.writeHead(now: start)
        verify(machine.deadlinePassed(now: after(10), isWritable: true) == .close)
    }

    @Test func answerWithoutProgressIsCut() {
        var machine = machine()
        _ = machine.receiveHead(.init(), now: start)
        _ = machine.receiveEnd(now: start)
        _ = machine.writeHead(now: after(50))
        verify(machine.deadline == after(110))
        verify(machine.deadlinePassed(now: after(110), isWritable: false) == .close)
    }

    @Test func continueIsWrittenOnceAndOnlyWhenAskedFor() {
        var plain = machine()
        _ = plain.receiveHead(.init(), now: start)
        verify(!plain.demandBody())

        var expecting = machine()
        verify(!expecting.demandBody())
        _ = expecting.receiveHead(.init(expectsContinue: true), now: start)
        verify(expecting.demandBody())
        verify(!expecting.demandBody())
    }

    @Test func continueIsNotWrittenOnceTheBodyOrTheAnswerBegan() {
        var hasBody = machine()
        _ = hasBody.receiveHead(.init(expectsContinue: true), now: start)
        _ = hasBody.receiveBody(byteCount: 1, now: start)
        verify(!hasBody.demandBody())

        var hasAnswer = machine()
        _ = hasAnswer.receiveHead(.init(expectsContinue: true), now: start)
        _ = hasAnswer.writeHead(now: start)
        verify(!hasAnswer.demandBody())
    }

    @Test func bytesThatAreNotHTTPAreRefused() {
        var waiting = machine()
        verify(
            waiting.receiveFailure(.malformed, now: start) == .refuse(.malformed, tellsApplication: false)
        )
        verify(waiting.receiveFailure(.malformed, now: start) == .ignore)

        var receiving = machine()
        _ = receiving.receiveHead(.init(), now: start)
        verify(
            receiving.receiveFailure(.malformed, now: start) == .refuse(.malformed, tellsApplication: true)
        )
    }

    @Test func bytesThatAreNotHTTPWhileAnsweringCloseAfterTheAnswer() {
        var machine = machine()
        _ = machine.receiveHead(.init(), now: start)
        _ = machine.receiveEnd(now: start)
        verify(machine.receiveFailure(.malformed, now: start) == .ignore)
        verify(machine.writeHead(now: start) == .write(closes: true))
        verify(machine.writeEnd(now: start) == .writeThenClose)
    }

    @Test func clientThatEndsWhileLingeringIsClosedAtOnce() {
        var machine = machine()
        verify(!machine.receiveInputClosed())
        _ = machine.receiveHead(.init(), now: start)
        _ = machine.writeHead(now: start)
        _ = machine.writeEnd(now: start)
        verify(!machine.receiveInputClosed())
        _ = machine.flushed(now: start)
        verify(machine.receiveInputClosed())
    }

    @Test func outputIsClosedOnceOnly() {
        var machine = machine()
        verify(machine.closeOutput(now: start))
        verify(!machine.closeOutput(now: start))
        verify(machine.deadlinePassed(now: after(1), isWritable: true) == .close)
        verify(machine.deadlinePassed(now: after(1), isWritable: true) == .ignore)
        verify(!machine.allowsRead)
    }
}
