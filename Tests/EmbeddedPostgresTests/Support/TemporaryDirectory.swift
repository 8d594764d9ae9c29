import Foundation
import Testing

/// A directory of a test's own, which every user may pass through, removed when the test lets go of it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/hooklog-test-XXXXXX".utf8CString)
        let made = try #require(mkdtemp(&template))
        path = String(cString: made)
        try #require(chmod(path, 0o711) == 0)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a cluster's directory in it, which does not exist yet.
    var cluster: String { path + "/cluster" }

    func write(_ text: String, to name: String, mode: mode_t = 0o644) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + "/" + name))
        try #require(chmod(path + "/" + name, mode) == 0)
    }

    func makeDirectory(_ name: String, mode: mode_t = 0o755) throws -> String {
        let place = path + "/" + name
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try #require(chmod(place, mode) == 0)
        return place
    }

    /// The names in the directory `name`, sorted.
    func names(in name: String = "cluster") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: path + "/" + name).sorted()
    }
}
