import EventLog
import Testing

@testable import Connectors

struct VendorAPITests {
    @Test(arguments: [
        (ConnectorName.pivotal, "", "/api/v1"), (.pivotal, "/", "/api/v1"), (.pivotal, "/api/v1/", "/api/v1"),
        (.piriod, "", ""), (.piriod, "/piriod/", "/piriod"),
        (.stuut, "", ""), (.stuut, "/v2", ""), (.stuut, "/stuut/v1/", "/stuut"),
        (.ruddr, "", "/api/workspace"), (.ruddr, "/api/workspace", "/api/workspace"),
        (.ruddr, "/ruddr", "/ruddr/api/workspace"),
    ])
    func baseIsWhatTheVendorsPagesPutBeforeEveryPath(connector: ConnectorName, path: String, base: String) throws {
        #expect(try #require(Connector.named(connector)?.lists).base(path) == base)
    }

    @Test func senderWithoutListsHasNoAPI() {
        for connector in Connector.all where connector.surface == nil {
            #expect(Connector.named(connector.name)?.lists == nil)
        }
    }

    @Test func requestsAreAuthorisedAsEachVendorWants() throws {
        let ruddr = try #require(Connector.named(.ruddr)?.lists).headers(token: "t", account: nil, livemode: true)
        #expect(ruddr.map(\.name) == ["Authorization"])
        #expect(ruddr.map(\.value) == ["Bearer t"])
        let api = try #require(Connector.named(.piriod)?.lists)
        let piriod = api.headers(token: "t", account: "acc_1", livemode: false)
        #expect(piriod.map(\.name) == ["Authorization", "x-simple-workspace", "x-piriod-test-mode"])
        #expect(piriod.map(\.value) == ["Token t", "acc_1", "true"])
        #expect(api.needsAccount)
    }
}
