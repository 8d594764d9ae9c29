import Testing

@testable import Postgres

@Suite struct SilentHostsTests {
    private let hosts = ["a", "b", "c"].map { ServerHost(name: $0, port: "1") }
    private let now = ContinuousClock.now

    @Test func silentHostsComeLastTheNewestBehind() {
        let silent = SilentHosts()
        #expect(silent.ordered(hosts, at: now) == hosts)
        silent.note(hosts[1], at: now)
        silent.note(hosts[0], at: now + .seconds(1))
        #expect(silent.ordered(hosts, at: now + .seconds(2)) == [hosts[2], hosts[1], hosts[0]])
    }

    @Test func anAnswerGivesThePlaceBack() {
        let silent = SilentHosts()
        silent.note(hosts[0], at: now)
        silent.forget(hosts[0])
        #expect(silent.ordered(hosts, at: now) == hosts)
        #expect(!silent.contains(hosts[0], at: now))
    }

    @Test func timeGivesThePlaceBack() {
        let silent = SilentHosts()
        silent.note(hosts[0], at: now)
        #expect(silent.contains(hosts[0], at: now + .seconds(59)))
        #expect(!silent.contains(hosts[0], at: now + SilentHosts.memory))
        #expect(silent.ordered(hosts, at: now + SilentHosts.memory) == hosts)
    }

    @Test func anAddressStandsForItsName() {
        let silent = SilentHosts()
        silent.note(ServerHost(name: "a", address: "10.0.0.1", port: "1"), at: now)
        #expect(silent.ordered(hosts, at: now).last == hosts[0])
    }

    @Test func memoryIsBounded() {
        let silent = SilentHosts()
        let many = (0..<200).map { ServerHost(name: "a\($0)", port: "1") }
        for (index, host) in many.enumerated() { silent.note(host, at: now + .milliseconds(index)) }
        let known = many.filter { silent.contains($0, at: now + .seconds(1)) }
        #expect(known == Array(many.suffix(SilentHosts.limit)))
    }
}
