import EventLog
import Foundation
import Locking
import Logging
import Postgres
import Testing

@testable import hooklog

@Suite("Running an import", .timeLimit(.minutes(10)))
struct ImportRunTests {
    /// Chunks that are handed out one after the other, then an error if there is one.
    private actor Chunks: ImportReading {
        nonisolated let origin = "x"
        nonisolated let earlierCount: Int
        nonisolated let absentKinds = ["tag"]
        private var chunks: [ImportChunk]
        private let failure: CommandError?

        init(_ lines: [[String]], earlier: Int = 0, failure: CommandError? = nil) {
            earlierCount = earlier
            self.failure = failure
            var number = earlier
            chunks = lines.enumerated().map { index, lines in
                var chunk = ImportChunk(unit: .line)
                for line in lines {
                    number += 1
                    chunk.lines.append(NumberedLine(number: number, line: ImportLine(Array(line.utf8))))
                }
                chunk.state = #"{"chunk":\#(index + 1)}"#
                return chunk
            }
        }

        func next() throws -> ImportChunk? {
            guard chunks.isEmpty else { return chunks.removeFirst() }
            if let failure { throw failure }
            return nil
        }
    }

    /// A log in memory, which fails where it is told to.
    private final class Log: Sendable {
        private struct State {
            var steps: [String] = []
            var failures: [String: Int] = [:]
        }

        private let state: Locked<State>

        /// `failures` says how often a kind of step fails.
        init(failures: [String: Int] = [:]) { state = Locked(State(failures: failures)) }

        var steps: [String] { state.withLock { $0.steps } }
        var log: ImportLog { ImportLog(importLines: importLines, keep: keep, forget: forget) }

        private func importLines(
            _ lines: [ImportLine],
            readAt time: PostgresTimestamp
        ) throws(EventLogError) -> [ImportOutcome] {
            let texts = lines.map { String(decoding: $0.bytes, as: UTF8.self) }
            try step("import", "import " + texts.joined(separator: " "))
            return texts.map { $0 == "bad" ? .refused(.notJSON) : .appended }
        }

        private func keep(_ place: [UInt8], of origin: String) throws(EventLogError) {
            let place = try? JSONDecoder().decode(ImportPlace.self, from: Data(place))
            try step("keep", "keep \(place?.reading ?? "") \(place?.refused ?? -1)")
        }

        private func forget(_ origin: String) throws(EventLogError) { try step("forget", "forget") }

        private func step(_ kind: String, _ text: String) throws(EventLogError) {
            let isFailing = state.withLock { state in
                guard let left = state.failures[kind], left > 0 else {
                    state.steps.append(text)
                    return false
                }
                state.failures[kind] = left - 1
                return true
            }
            if isFailing { throw EventLogError(.unavailable) }
        }
    }

    private final class Written: Sendable {
        private let texts = Locked<[String]>([])
        var all: [String] { texts.withLock { $0 } }
        func add(_ text: String) { texts.withLock { $0.append(text) } }
    }

    private func run(
        _ reading: Chunks,
        into log: Log,
        refusedEarlier: Int = 0,
        keepInterval: Duration = .zero,
        written: Written = Written()
    ) async -> ImportRun.Report {
        let source = SourceID(workspace: WorkspaceID(rawValue: 1), number: 1)
        let run = ImportRun(
            log: log.log,
            reading: reading,
            progress: ImportProgress(StatusLine(isTerminal: false, write: written.add)),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            clock: HurriedClock(),
            keepInterval: keepInterval
        )
        return await run.run(
            ImportSummary(source: source, earlier: reading.earlierCount, refusedEarlier: refusedEarlier)
        )
    }

    @Test("A place is kept after its lines are in the log, and forgotten in the end")
    func placeIsKeptAfterItsLines() async {
        let log = Log()
        let report = await run(Chunks([["a"], ["b", "bad"], ["c"]]), into: log)
        #expect(
            log.steps == [
                "import a", #"keep {"chunk":1} 0"#, "import b bad", #"keep {"chunk":2} 1"#, "import c",
                #"keep {"chunk":3} 1"#, "forget",
            ]
        )
        #expect(report.failure == nil)
        #expect(report.summary.appended == 3 && report.summary.refused == 1)
        #expect(report.summary.absent == ["tag"])
    }

    @Test("Refused lines are named when they come, and those of the earlier run stay counted")
    func refusedLinesAreNamedAndCounted() async {
        let (log, written) = (Log(), Written())
        let report = await run(Chunks([["bad", "a"]], earlier: 10), into: log, refusedEarlier: 3, written: written)
        #expect(written.all == ["Line 11 is not JSON that PostgreSQL can hold.\n"])
        #expect(log.steps[1] == #"keep {"chunk":1} 4"#)
        #expect(report.summary.allRefused == 4)
    }

    @Test("No place is kept while every line is refused: the next run may have other options")
    func noPlaceIsKeptWhileEveryLineIsRefused() async {
        let log = Log()
        _ = await run(Chunks([["bad"], ["bad"], ["a"]]), into: log)
        #expect(log.steps == ["import bad", "import bad", "import a", #"keep {"chunk":3} 2"#, "forget"])
    }

    @Test("A database that is away is waited for at every step", arguments: ["import", "keep", "forget"])
    func databaseThatIsAwayIsWaitedFor(kind: String) async {
        let log = Log(failures: [kind: 5])
        let report = await run(Chunks([["a"], ["b"]]), into: log)
        #expect(report.failure == nil)
        #expect(log.steps.last == "forget")
        #expect(report.summary.appended == 2)
    }

    @Test("A database that stays away ends it, with what was done")
    func databaseThatStaysAwayEndsIt() async {
        let log = Log(failures: ["import": .max])
        let report = await run(Chunks([["a"]]), into: log)
        #expect((report.failure as? CommandError)?.code == .databaseNotReady)
        #expect(report.summary.error?.contains("within a minute") == true)
        #expect(log.steps.isEmpty)
    }

    @Test("A failure keeps the last place and says what was done")
    func failureKeepsTheLastPlace() async {
        let log = Log()
        let failure = CommandError(.unreachable, "The vendor is gone.")
        let report = await run(Chunks([["a"], ["b"]], failure: failure), into: log, keepInterval: .seconds(3600))
        #expect(report.failure as? CommandError == failure)
        #expect(log.steps == ["import a", "import b", #"keep {"chunk":2} 0"#])
        #expect(report.summary.appended == 2)
        #expect(report.summary.error == "The vendor is gone.")
    }

    @Test("Large chunks are imported in portions")
    func largeChunksAreImportedInPortions() async {
        let log = Log()
        let report = await run(Chunks([(0..<1200).map(String.init)]), into: log)
        #expect(log.steps.map { $0.split(separator: " ").count - 1 }.prefix(3) == [500, 500, 200])
        #expect(report.summary.appended == 1200)
        var chunk = ImportChunk(unit: .object)
        let large = [UInt8](repeating: 0x20, count: EventImporter.batchBytes / 3 + 1)
        chunk.lines = (0..<5).map { NumberedLine(number: $0, line: ImportLine(large)) }
        #expect(chunk.portions.map(\.count) == [2, 2, 1])
        #expect(ImportChunk(unit: .line).portions.isEmpty)
    }
}
