import EventLog
import Foundation
import Testing

@testable import hooklog

@Suite("Reading a file to import", .timeLimit(.minutes(10)))
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
        while let chunk = try await reading.next() { numbers += chunk.lines.map(\.number) }
        return numbers
    }

    @Test("A file comes in chunks")
    func fileComesInChunks() async throws {
        try await Self.withFile(Self.lines(1234)) { file in
            let reading = try FileReading(file, FileReading.Options(kind: "contact", lineLimit: 100))
            var sizes: [Int] = []
            var last: ImportChunk?
            while let chunk = try await reading.next() {
                sizes.append(chunk.lines.count)
                last = chunk
            }
            #expect(sizes == [500, 500, 234])
            #expect(last?.lines.last?.number == 1234)
            #expect(last?.lines.last?.line == ImportLine(Array(#"{"n":1234}"#.utf8), kind: "contact"))
            #expect(last?.done == last?.total)
        }
    }

    @Test("An interrupted import goes on after what was read", arguments: [0, 1, 2])
    func interruptedImportGoesOn(chunks: Int) async throws {
        try await Self.withFile(Self.lines(1234)) { file in
            let first = try FileReading(file, FileReading.Options(kind: nil, lineLimit: 100))
            var state: String?
            for _ in 0..<chunks { state = try await first.next()?.state }
            let second = try FileReading(file, FileReading.Options(kind: nil, lineLimit: 100), earlier: state)
            #expect(second.earlierCount == chunks * 500)
            #expect(try await Self.numbers(second) == Array((chunks * 500 + 1)...1234))
        }
    }

    @Test("A file that has changed is read from its beginning")
    func changedFileIsReadAnew() async throws {
        try await Self.withFile(Self.lines(600)) { file in
            let first = try FileReading(file, FileReading.Options(kind: nil, lineLimit: 100))
            let state = try await first.next()?.state
            #expect(state != nil)
            try Data(Self.lines(601).utf8).write(to: URL(filePath: file))
            let second = try FileReading(file, FileReading.Options(kind: nil, lineLimit: 100), earlier: state)
            #expect(try await Self.numbers(second).count == 601)
        }
    }

    @Test("Long lines are counted and left out, blank ones left out")
    func longLinesAreLeftOut() async throws {
        try await Self.withFile("{}\n\n\(String(repeating: "x", count: 200))\n{}\n") { file in
            let chunk = try await FileReading(file, FileReading.Options(kind: nil, lineLimit: 100)).next()
            #expect(chunk?.lines.map(\.number) == [1, 4])
            #expect(chunk?.tooLong == [3])
        }
    }

    @Test("A file that is none is named", arguments: ["/nowhere/x", "/tmp"])
    func fileThatIsNoneIsNamed(name: String) {
        let failure = #expect(throws: CommandError.self) {
            try FileReading(name, FileReading.Options(lineLimit: 100))
        }
        #expect(failure?.code == .unreadableFile)
        #expect(failure?.description.contains(name) == true)
    }

    @Test("What decides about a line is part of the origin, the limit of the place")
    func optionsArePartOfTheOrigin() async throws {
        let options = FileReading.Options(kind: "contact", lineLimit: 100)
        let origin = FileReading.origin(of: "/tmp/x", options)
        var other = options
        other.kind = nil
        #expect(FileReading.origin(of: "/tmp/x", other) != origin)
        other = options
        other.livemode = false
        #expect(FileReading.origin(of: "/tmp/x", other) != origin)
        try await Self.withFile(Self.lines(600)) { file in
            let state = try await FileReading(file, options).next()?.state
            let same = try FileReading(file, options, earlier: state)
            #expect(same.earlierCount == 500)
            other = options
            other.lineLimit = 200
            let larger = try FileReading(file, other, earlier: state)
            #expect(larger.earlierCount == 0, "lines that were too long may not be")
        }
    }

    @Test("One file has one origin")
    func oneFileHasOneOrigin() {
        let options = FileReading.Options(lineLimit: 100)
        #expect(FileReading.origin(of: "/tmp/a/../x", options) == FileReading.origin(of: "/tmp/x", options))
        #expect(FileReading.origin(of: "-", options) == "standard input")
    }
}
