import Foundation
import Testing

@testable import EmbeddedPostgres

@Suite
struct ServerSettingsTests {
    @Test(arguments: [(256, "32MB"), (512, "128MB"), (2_047, "128MB"), (2_048, "256MB"), (1 << 20, "256MB")])
    func sharedBuffersFollowTheMemory(mebibytes: UInt64, value: String) {
        let settings = ServerSettings(memory: mebibytes << 20)
        #expect(settings.contents.contains("shared_buffers = '\(value)'\n"))
    }

    @Test func settingsComeAfterThoseOfTheCluster() {
        let lines = ServerSettings(memory: 0).contents.split(separator: "\n")
        #expect(lines.prefix(2).last == "include 'data/postgresql.conf'")
    }

    @Test func fileIsWrittenReadableByAllAndOnlyWhenItDiffers() throws {
        let place = try TemporaryDirectory()
        let path = place.path + "/hooklog.conf"
        let settings = ServerSettings(memory: 1 << 30)
        try settings.write(to: path)
        #expect(FileStatus(path: path)?.mode == 0o644)
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: path)
        try settings.write(to: path)
        #expect(try modified(path) == 1)
        try ServerSettings(memory: 1 << 33).write(to: path)
        #expect(try modified(path) > 1)
        #expect(try place.names(in: "") == ["hooklog.conf"])
    }

    private func modified(_ path: String) throws -> Double {
        let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        return try #require(date).timeIntervalSince1970
    }
}
