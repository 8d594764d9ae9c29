import PostgresTesting
import Testing

@testable import Postgres

@Suite struct HostListTests {
    private func list(_ connectionString: String) throws -> HostList {
        let configuration = PostgresConfiguration(connectionString: connectionString)
        return HostList(try ConnectionParameters(configuration, environment: [:]))
    }

    @Test(arguments: [
        "postgres://a:1,b:2/db?connect_timeout=7&target_session_attrs=read-write",
        "host=a,b port=1,2 connect_timeout=7 target_session_attrs=read-write",
    ])
    func bothFormsAreRead(connectionString: String) throws {
        let list = try list(connectionString)
        #expect(list.hosts == [ServerHost(name: "a", port: "1"), ServerHost(name: "b", port: "2")])
        #expect(list.budget == .seconds(7))
        #expect(list.sessionKinds == [nil])
    }

    @Test func onePortIsForAllHosts() throws {
        #expect(try list("host=a,b port=6").hosts.map(\.port) == ["6", "6"])
        #expect(try list("host=a,b port=6,").hosts.map(\.port) == ["6", "5432"])
    }

    @Test func addressesAreKept() throws {
        #expect(
            try list("host=a,b hostaddr=10.0.0.1, port=1").hosts == [
                ServerHost(name: "a", address: "10.0.0.1", port: "1"), ServerHost(name: "b", port: "1"),
            ]
        )
        #expect(
            HostList(options: ["hostaddr": "10.0.0.1,::1", "port": "1"]).hosts == [
                ServerHost(address: "10.0.0.1", port: "1"), ServerHost(address: "::1", port: "1"),
            ]
        )
    }

    /// What cannot be given to libpq one by one is given to it as it is, so that it may find or refuse it.
    @Test(arguments: [
        ["host": "a,b", "port": "1,2,3"], ["host": "a,b", "hostaddr": "10.0.0.1"], ["host": ",b"], [:],
        ["host": "/tmp,b", "hostaddr": ",10.0.0.1"],
    ])
    func theRestIsLeftToLibpq(options: [String: String]) {
        #expect(HostList(options: options).hosts == [ServerHost()])
    }

    @Test(arguments: [("0", nil), ("-1", nil), ("x", nil), ("1", 2), ("3", 3)])
    func timesAreLibpqs(text: String, seconds: Int?) {
        #expect(HostList(options: ["host": "a", "connect_timeout": text]).budget == seconds.map { .seconds($0) })
    }

    @Test func aStandbyIsPreferredOnAllHostsFirst() {
        #expect(HostList(options: ["target_session_attrs": "prefer-standby"]).sessionKinds == ["standby", "any"])
    }

    @Test func namesAreLookedUpAndSocketsAreNot() {
        #expect(ServerHost(name: "a").needsLookup)
        for host in [ServerHost(name: "/run"), ServerHost(name: "@run"), ServerHost(name: "a", address: "::1")] {
            #expect(!host.needsLookup)
        }
        #expect(!ServerHost().needsLookup)
    }

    @Test func timeForAllHostsAddsUp() {
        func time(_ connectionString: String) -> Duration {
            PostgresConfiguration(connectionString: connectionString).timeForAllHosts
        }
        #expect(time("host=a,b,c connect_timeout=10") == .seconds(30))
        #expect(time("host=a,b,c") == .seconds(6))
        #expect(time("host=a connect_timeout=10") == .seconds(10))
        #expect(time("host=a") == .zero)
        #expect(time("not a = connection string") == .zero)
    }
}
