import Testing

@testable import EmbeddedPostgres

@Suite
struct ClusterStateTests {
    private func state(_ files: [(String, String)]) throws -> ClusterState {
        let place = try TemporaryDirectory()
        _ = try place.makeDirectory("cluster")
        for (name, text) in files {
            if name.hasSuffix("/") {
                _ = try place.makeDirectory("cluster/" + name)
            } else {
                try place.write(text, to: "cluster/" + name)
            }
        }
        return ClusterState(of: ClusterLayout(directory: place.cluster, temporaryDirectory: "/tmp"))
    }

    @Test func nothingAndAnEmptyDirectoryAreMissing() throws {
        #expect(try state([]) == .missing)
        #expect(try state([("data/", "")]) == .missing)
    }

    @Test func completeClusterHasAVersion() throws {
        let state = try state([("data/global/", ""), ("data/global/pg_control", "x"), ("data/PG_VERSION", "15\n")])
        #expect(state == .present(majorVersion: 15))
        #expect(state.majorVersion == 15)
    }

    @Test(arguments: ["", "fifteen", "9.6"])
    func unreadableVersionIsDamage(version: String) throws {
        #expect(
            try state([("data/global/", ""), ("data/global/pg_control", "x"), ("data/PG_VERSION", version)]) == .damaged
        )
    }

    @Test func missingControlFileOrAFileInThePlaceIsDamage() throws {
        #expect(try state([("data/", ""), ("data/PG_VERSION", "15")]) == .damaged)
        #expect(try state([("data", "a file")]) == .damaged)
    }
}
