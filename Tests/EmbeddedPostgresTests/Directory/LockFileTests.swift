import Testing

@testable import EmbeddedPostgres

@Suite
struct LockFileTests {
    private let place: TemporaryDirectory

    init() throws { place = try TemporaryDirectory() }

    private func lock() throws -> LockFile { try LockFile(place.path + "/lock") }

    private func outcome(_ lock: borrowing LockFile, _ attempt: (borrowing LockFile) -> Bool) -> Bool { attempt(lock) }

    @Test func exclusiveLockExcludesAll() throws {
        let first = try lock()
        let second = try lock()
        #expect(outcome(first) { $0.tryExclusive() })
        #expect(!outcome(second) { $0.tryExclusive() })
        #expect(!outcome(second) { $0.tryShared() })
        first.release()
        #expect(outcome(second) { $0.tryExclusive() })
    }

    @Test func sharedLocksExcludeAnExclusiveOne() throws {
        let first = try lock()
        let second = try lock()
        #expect(outcome(first) { $0.tryShared() })
        #expect(outcome(second) { $0.tryShared() })
        #expect(!outcome(first) { $0.tryExclusive() })
        second.release()
        #expect(outcome(first) { $0.tryExclusive() })
    }

    @Test func lockEndsWithItsHolder() throws {
        func takeAndDrop() throws -> Bool { try lock().tryExclusive() }
        #expect(try takeAndDrop())
        #expect(try takeAndDrop())
        #expect(FileStatus(path: place.path + "/lock")?.mode == 0o600)
    }
}
