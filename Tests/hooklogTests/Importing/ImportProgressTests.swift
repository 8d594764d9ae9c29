import EventLog
import Locking
import Testing

@testable import hooklog

@Suite("Progress of an import")
struct ImportProgressTests {
    private final class Written: Sendable {
        private let texts = Locked<[String]>([])
        var all: [String] { texts.withLock { $0 } }
        func add(_ text: String) { texts.withLock { $0.append(text) } }
    }

    private func summary(read: Int) -> ImportSummary {
        var summary = ImportSummary(source: SourceID(workspace: WorkspaceID(rawValue: 1), number: 1), earlier: 0)
        for number in 0..<read { summary.note(number.isMultiple(of: 2) ? .appended : .unchanged, number: number + 1) }
        return summary
    }

    private func chunk(_ done: Int64, of total: Int64?, part: String? = nil) -> ImportChunk {
        var chunk = ImportChunk(unit: .line)
        chunk.part = part
        chunk.done = done
        chunk.total = total
        return chunk
    }

    @Test("A terminal sees a bar with rate and time left")
    func terminalSeesABar() {
        let written = Written()
        let progress = ImportProgress(StatusLine(isTerminal: true, write: written.add))
        let start = ContinuousClock.now
        progress.show(summary(read: 0), of: chunk(0, of: 1000), at: start)
        progress.show(summary(read: 50), of: chunk(250, of: 1000), at: start + .milliseconds(100))
        progress.show(summary(read: 100), of: chunk(500, of: 1000), at: start + .seconds(10))
        progress.makeRoom()
        #expect(
            written.all == [
                "\r\u{1B}[KImporting [------------------------] 0 %, 0 read, 0 appended, 0/s",
                "\r\u{1B}[KImporting [############------------] 50 %, 100 read, 50 appended, 10/s, 10 s left",
                "\r\u{1B}[K",
            ]
        )
    }

    @Test("Elsewhere plain lines come every five seconds")
    func elsewherePlainLinesCome() {
        let written = Written()
        let progress = ImportProgress(StatusLine(isTerminal: false, write: written.add))
        let start = ContinuousClock.now
        for second in 0...11 {
            progress.show(
                summary(read: second * 10),
                of: chunk(Int64(second * 100), of: 2000),
                at: start + .seconds(second)
            )
        }
        progress.makeRoom()
        #expect(
            written.all == [
                "Importing: 25 %, 50 read, 25 appended, 10/s, 15 s left\n",
                "Importing: 50 %, 100 read, 50 appended, 10/s, 10 s left\n",
            ]
        )
    }

    @Test("Without a total there is a count and a rate")
    func withoutATotalThereIsACount() {
        let written = Written()
        let progress = ImportProgress(StatusLine(isTerminal: true, write: written.add))
        progress.show(summary(read: 10), of: chunk(10, of: nil), at: .now)
        #expect(written.all == ["\r\u{1B}[KImporting: 10 read, 5 appended, 0/s"])
    }

    @Test("The rate does not count what an earlier run read, nor the list before")
    func rateDoesNotCountWhatWasBefore() {
        let written = Written()
        let progress = ImportProgress(StatusLine(isTerminal: true, write: written.add))
        let source = SourceID(workspace: WorkspaceID(rawValue: 1), number: 1)
        var summary = ImportSummary(source: source, earlier: 10_000)
        let start = ContinuousClock.now
        summary.note(.appended, number: 10_001)
        progress.show(summary, of: chunk(900, of: 1000, part: "customer"), at: start)
        summary.note(.appended, number: 10_002)
        progress.show(summary, of: chunk(100, of: 300, part: "contact"), at: start + .seconds(1))
        for number in 3...30 { summary.note(.appended, number: 10_000 + number) }
        progress.show(summary, of: chunk(200, of: 300, part: "contact"), at: start + .seconds(2))
        #expect(
            written.all.last
                == "\r\u{1B}[KImporting contact [################--------] 66 %, 10030 read, 30 appended, 14/s, 1 s left"
        )
    }

    @Test("What it waits for is shown", arguments: [true, false])
    func whatItWaitsForIsShown(isTerminal: Bool) {
        let written = Written()
        let progress = ImportProgress(StatusLine(isTerminal: isTerminal, write: written.add))
        let start = ContinuousClock.now
        progress.show(summary(read: 10), of: chunk(10, of: nil), at: start)
        progress.tick(at: start + .seconds(1))
        progress.wait("the API asks to wait", for: .seconds(60), at: start + .seconds(1))
        for second in 2...100 { progress.tick(at: start + .seconds(second)) }
        let waiting = written.all.filter { $0.contains("asks to wait") }
        #expect(waiting.count == (isTerminal ? 59 : 2))
        #expect(waiting.last?.contains("10 read, 5 appended, 0/s (the API asks to wait, ") == true)
        #expect(written.all.last == waiting.last, "the wait is over")
    }

    @Test("The summary counts every outcome")
    func summaryCountsEveryOutcome() {
        var summary = summary(read: 4)
        summary.note(.refused(.thin), number: 5)
        summary.note(.refused(.noID), number: 6)
        summary.seconds = 2
        #expect(summary.sentence == "Imported 6: 2 appended, 2 unchanged, 1 skipped, 1 refused, in 2 s, 3/s.")
        #expect(summary.refusals == [ImportSummary.Refused(number: 6, reason: "no_id")])
        #expect(
            summary.refusals[0].remark(.line, []) == "Line 6 has no id, so nothing says which object it is."
        )
    }

    @Test("Only the first refused lines are named")
    func onlyTheFirstRefusedLinesAreNamed() {
        var summary = summary(read: 0)
        for number in 1...1000 { summary.note(.refused(.notJSON), number: number) }
        #expect(summary.refused == 1000)
        #expect(summary.refusals.map(\.number) == Array(1...10))
    }

    @Test("What an earlier run refused is counted")
    func whatAnEarlierRunRefusedIsCounted() {
        let source = SourceID(workspace: WorkspaceID(rawValue: 1), number: 1)
        var summary = ImportSummary(source: source, earlier: 61_500, refusedEarlier: 61_000)
        #expect(summary.allRefused == 61_000)
        summary.note(.refused(.noID), number: 61_501)
        summary.note(.conflicting, number: 61_502)
        summary.seconds = 1
        #expect(
            summary.sentence
                == "Imported 2 after the 61500 of an earlier run (61000 of them refused; --restart reads them again): "
                + "0 appended, 0 unchanged, 1 known with another body (see `hooklog rejected list`), 1 refused, in 1 s, 2/s."
        )
        #expect(summary.allRefused == 61_001)
    }

    @Test("Events of other systems are counted by system, and all that are none of them makes a failure")
    func eventsOfOtherSystemsAreCounted() {
        var summary = summary(read: 0)
        for number in 1...3 { summary.note(.foreign(system: "ruddr"), number: number) }
        for number in 4...8 { summary.note(.foreign(system: "stuut"), number: number) }
        #expect(summary.remarks.count == 1)
        #expect(summary.remarks[0].contains("stuut 5, ruddr 3"))
        #expect(summary.isAllForeign && summary.skipped == 8)
        for number in 9...1000 { summary.note(.foreign(system: "\(number)"), number: number) }
        #expect(summary.otherSystems.count == 21)
        summary.note(.unchanged, number: 1001)
        #expect(!summary.isAllForeign && summary.allRefused == 0)
    }

    @Test("Every refusal is explained", arguments: ImportRefusal.allCases)
    func everyRefusalIsExplained(refusal: ImportRefusal) {
        #expect(!refusal.advice(["contact"]).isEmpty)
        #expect(refusal.advice(["contact"]).last != ".")
    }
}
