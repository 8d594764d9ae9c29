import EventLog
import Synchronization
import Testing

@testable import hooklog

@Suite("Progress of an import")
struct ImportProgressTests {
    private final class Written: Sendable {
        private let texts = Mutex<[String]>([])
        var all: [String] { texts.withLock { $0 } }
        func add(_ text: String) { texts.withLock { $0.append(text) } }
    }

    private func summary(read: Int) -> ImportSummary {
        var summary = ImportSummary(source: SourceID(workspace: WorkspaceID(rawValue: 1), number: 1), earlier: 0)
        for number in 0..<read { summary.note(number.isMultiple(of: 2) ? .appended : .unchanged, number: number + 1) }
        return summary
    }

    @Test("A terminal sees a bar with rate and time left")
    func terminalSeesABar() {
        let written = Written()
        var progress = ImportProgress(isTerminal: true, write: written.add)
        let start = ContinuousClock.now
        progress.show(summary(read: 0), done: 0, total: 1000, at: start)
        progress.show(summary(read: 50), done: 250, total: 1000, at: start + .milliseconds(100))
        progress.show(summary(read: 100), done: 500, total: 1000, at: start + .seconds(10))
        progress.end()
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
        var progress = ImportProgress(isTerminal: false, write: written.add)
        let start = ContinuousClock.now
        for second in 0...11 {
            progress.show(
                summary(read: second * 10),
                done: Int64(second * 100),
                total: 2000,
                at: start + .seconds(second)
            )
        }
        progress.end()
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
        var progress = ImportProgress(isTerminal: true, write: written.add)
        progress.show(summary(read: 10), done: 10, total: nil, at: .now)
        #expect(written.all == ["\r\u{1B}[KImporting: 10 read, 5 appended, 0/s"])
    }

    @Test("The summary counts every outcome")
    func summaryCountsEveryOutcome() {
        var summary = summary(read: 4)
        summary.note(.refused(.thin), number: 5)
        summary.note(.refused(.noID), number: 6)
        summary.seconds = 2
        #expect(summary.sentence == "Imported 6: 2 appended, 2 unchanged, 1 skipped, 1 refused, in 2 s, 3/s.")
        #expect(summary.refusals == [ImportSummary.Refused(number: 6, reason: "no_id")])
        #expect(summary.remark(on: summary.refusals[0], isFile: true) == "Line 6 has no id.")
    }

    @Test("Only the first refused lines are named")
    func onlyTheFirstRefusedLinesAreNamed() {
        var summary = summary(read: 0)
        for number in 1...1000 { summary.note(.refused(.notJSON), number: number) }
        #expect(summary.refused == 1000)
        #expect(summary.refusals.map(\.number) == Array(1...10))
    }

    @Test("Every refusal is explained", arguments: ImportRefusal.allCases)
    func everyRefusalIsExplained(refusal: ImportRefusal) {
        #expect(!refusal.advice.isEmpty)
        #expect(refusal.advice.last != ".")
    }
}
