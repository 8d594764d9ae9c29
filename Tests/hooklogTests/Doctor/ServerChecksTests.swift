import Testing

@testable import hooklog

@Suite("What doctor makes of a server")
struct ServerChecksTests {
    private func levels(
        version: Int = 150_004,
        isInRecovery: Bool = false,
        fsync: String = "on",
        synchronousCommit: String = "on",
        fullPageWrites: String = "on",
        clockDifference: Duration = .milliseconds(-3)
    ) -> [Finding.Level] {
        ServerChecks(
            version: version,
            versionText: "x",
            roleName: "r",
            isInRecovery: isInRecovery,
            fsync: fsync,
            synchronousCommit: synchronousCommit,
            fullPageWrites: fullPageWrites,
            clockDifference: clockDifference
        ).findings.map(\.level)
    }

    @Test("A sound server")
    func soundServer() {
        #expect(levels() == [.ok, .ok, .ok])
        #expect(levels(version: 140_000, synchronousCommit: "remote_apply") == [.ok, .ok, .ok])
    }

    @Test("An old server and a standby fail")
    func unusableServer() {
        #expect(levels(version: 130_099) == [.fail, .ok, .ok])
        #expect(levels(isInRecovery: true) == [.fail, .ok, .ok])
    }

    @Test("A commit that is not on disk fails")
    func unsafeSettings() {
        #expect(levels(fsync: "off") == [.ok, .fail, .ok])
        #expect(levels(synchronousCommit: "off") == [.ok, .fail, .ok])
        #expect(levels(fullPageWrites: "off") == [.ok, .fail, .ok])
    }

    @Test("Clocks that differ warn, then fail, in either direction")
    func clocks() {
        #expect(levels(clockDifference: .seconds(6)) == [.ok, .ok, .warn])
        #expect(levels(clockDifference: .seconds(-6)) == [.ok, .ok, .warn])
        #expect(levels(clockDifference: .seconds(-61)) == [.ok, .ok, .fail])
    }
}
