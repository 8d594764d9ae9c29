import Testing

@testable import EmbeddedPostgres

@Suite
struct ClusterLayoutTests {
    private func layout(_ directory: String) -> ClusterLayout {
        ClusterLayout(directory: directory, temporaryDirectory: "/tmp")
    }

    @Test func shortPathHoldsItsSocket() {
        let layout = layout("/var/lib/hooklog")
        #expect(layout.socketDirectory == "/var/lib/hooklog/run")
        #expect(layout.connectionString == "host=/var/lib/hooklog/run port=5432 dbname=hooklog user=hooklog")
    }

    @Test(arguments: [(82, true), (83, false)])
    func socketPathOfAHundredBytesIsTheLongest(length: Int, isInside: Bool) {
        let directory = "/" + String(repeating: "d", count: length - 1)
        let layout = layout(directory)
        #expect((layout.socketDirectory == directory + "/run") == isInside)
        #expect(layout.socketFile.utf8.count <= ClusterLayout.longestSocketPath)
    }

    @Test func lengthIsCountedInBytes() {
        #expect(layout("/" + String(repeating: "ü", count: 45)).socketDirectory.hasPrefix("/tmp/hooklog-"))
    }

    @Test(arguments: ["/a,b", "/a\"b"])
    func separatorsOfSocketListsAreKeptOutOfThem(directory: String) {
        #expect(layout(directory).socketDirectory.hasPrefix("/tmp/hooklog-"))
    }

    /// Processes of different builds share a directory: the name may never change.
    @Test func nameIsTheFNV1aHashOfThePath() {
        #expect(layout("a").clusterName == "hooklog-af63dc4c8601ec8c")
        #expect(layout("").clusterName == "hooklog-cbf29ce484222325")
        #expect(layout("/a").clusterName != layout("/b").clusterName)
    }

    @Test(arguments: [
        ("/a b", "'/a b/run'"),
        ("/it's", "'/it\\'s/run'"),
        ("/back\\slash", "'/back\\\\slash/run'"),
    ])
    func connectionStringQuotesWhatLibpqWouldMisread(directory: String, host: String) {
        #expect(layout(directory).connectionString == "host=\(host) port=5432 dbname=hooklog user=hooklog")
    }
}
