import Foundation
import Testing

@testable import EmbeddedPostgres

struct ServerLogTests {
    private let place: TemporaryDirectory
    private var log: ServerLog { ServerLog(path: place.path + "/postgres.log") }

    init() throws { place = try TemporaryDirectory() }

    @Test func lastLinesAreOldestFirst() throws {
        try place.write((1...1_000).map { "line \($0)\n" }.joined(), to: "postgres.log")
        #expect(log.lastLines(3) == ["line 998", "line 999", "line 1000"])
    }

    @Test func missingLogHasNoLines() {
        #expect(log.lastLines() == [])
    }

    @Test func logIsAppendedToAndPrivate() throws {
        try log.openForAppending().write(Array("one\n".utf8))
        try log.openForAppending().write(Array("two\n".utf8))
        #expect(log.lastLines() == ["one", "two"])
        #expect(FileStatus(path: log.path)?.mode == 0o600)
    }

    @Test func bigLogIsSetAside() throws {
        try log.openForAppending().write(Array("old\n".utf8))
        try #require(truncate(log.path, off_t(ServerLog.rotationSize) + 1) == 0)
        try log.openForAppending().write(Array("new\n".utf8))
        #expect(log.lastLines() == ["new"])
        #expect(try place.names(in: "") == ["postgres.log", "postgres.log.1"])
    }
}
