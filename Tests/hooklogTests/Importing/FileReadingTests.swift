import EventLog
import Foundation
import Testing

@testable import hooklog

@Suite("Reading a file to import", .timeLimit(.minutes(1)))
struct FileReadingTests {
    private static func withFile<Value>(_ text: String, _ body: (String) async throws -> Value) async throws -> Value {
        let file = FileManager.default.temporaryDirectory.appending(path: "import-\(UInt64.random(in: 0 ... .max))")
        try Data(text.utf8).write(to: file)
        let value = try await body(file.path)
        try FileManager.default.removeItem(at: file)
        return value
    }

    private static func lines(_ count: Int) -> String {
        (1...count).map { #"{"n":\#($0)}"# }.joined(separator: "\n")
    }

    private static func numbers(_ reading: FileReading) async throws -> [Int] {
        var numbers: [Int] = []
        while let chunk = try await reading.next() { numbers += chunk.entries.map(\.number) }
        return numbers
    }

    @Test("A file comes in chunks")
    func fileComesInChunks() async throws {
        try await Self.withFile(Self.lines(1234)) { file in
            let reading = try FileReading(file, kind: "contact", lineLimit: 100)
            var sizes: [Int] = []
            var last: ImportChunk?
            while let chunk = try await reading.next() {
                sizes.append(chunk.entries.count)
                last = chunk
            }
            #expect(sizes == [500, 500, 234])
            #expect(last?.entries.last?.number == 1234)
            #expect(last?.entries.last?.line == ImportLine(Array(#"{"n":1234}"#.utf8), kind: "contact"))
            #expect(last?.done == last?.total)
        }
    }

    @Test("An interrupted import goes on after what was read", arguments: [0, 1, 2])
    func interruptedImportGoesOn(chunks: Int) async throws {
        try await Self.withFile(Self.lines(1234)) { file in
            let first = try FileReading(file, kind: nil, lineLimit: 100)
            var state: [UInt8]?
            for _ in 0..<chunks { state = try await first.next()?.state }
            let second = try FileReading(file, kind: nil, lineLimit: 100, earlier: state)
            #expect(second.earlierCount == chunks * 500)
            #expect(try await Self.numbers(second) == Array((chunks * 500 + 1)...1234))
        }
    }

    @Test("A file that has changed is read from its beginning")
    func changedFileIsReadAnew() async throws {
        try await Self.withFile(Self.lines(600)) { file in
            let first = try FileReading(file, kind: nil, lineLimit: 100)
            let state = try await first.next()?.state
            #expect(state != nil)
            try Data(Self.lines(601).utf8).write(to: URL(filePath: file))
            let second = try FileReading(file, kind: nil, lineLimit: 100, earlier: state)
            #expect(try await Self.numbers(second).count == 601)
        }
    }

    @Test("Long lines are counted and left out, blank ones left out")
    func longLinesAreLeftOut() async throws {
        try await Self.withFile("{}\n\n\(String(repeating: "x", count: 200))\n{}\n") { file in
            let chunk = try await FileReading(file, kind: nil, lineLimit: 100).next()
            #expect(chunk?.entries.map(\.number) == [1, 4])
            #expect(chunk?.tooLong == [3])
        }
    }

    @Test("A file that is not there is named")
    func absentFileIsNamed() {
        let failure = #expect(throws: CommandError.self) {
            try FileReading("/nowhere/x", kind: nil, lineLimit: 100)
        }
        #expect(failure?.code == .unreadableFile)
        #expect(failure?.description.contains("/nowhere/x") == true)
    }

    @Test("One file has one origin")
    func oneFileHasOneOrigin() {
        #expect(FileReading.origin(of: "/tmp/a/../x") == FileReading.origin(of: "/tmp/x"))
        #expect(FileReading.origin(of: "-") == "standard input")
    }
}
