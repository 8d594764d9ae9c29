import Glibc
import Testing

@testable import EmbeddedPostgres

@Suite
struct EmbeddedPostgresErrorTests {
    @Test func descriptionIsProblemThenWayOut() {
        let error = EmbeddedPostgresError(code: .inUse, path: "/d", problem: "/d is full", remedy: "empty it")
        #expect(error.description == "/d is full; empty it.")
    }

    @Test func systemErrorIsSpelledOut() {
        errno = ENOENT
        let error = EmbeddedPostgresError.systemCall("open", "/d")
        #expect(error.systemError == ENOENT)
        #expect(error.description == "The call open failed on /d (No such file or directory).")
    }

    @Test func logTailFollows() {
        let error = EmbeddedPostgresError(code: .startFailed, path: "/d", problem: "No", logTail: ["one", "two"])
        #expect(error.description == "No. PostgreSQL's last words: one | two")
    }
}
