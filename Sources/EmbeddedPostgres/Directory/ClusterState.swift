import Foundation

/// What stands in the place of the data directory.
enum ClusterState: Sendable, Equatable {
    /// Nothing, or an empty directory.
    case missing
    /// A cluster made by this major version.
    case present(majorVersion: Int)
    /// Files, but not those of a complete cluster.
    case damaged

    /// The version that made the cluster, where there is one.
    var majorVersion: Int? {
        guard case .present(let version) = self else { return nil }
        return version
    }

    /// Looks at the files of `layout`.
    init(of layout: ClusterLayout) {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: layout.dataDirectory)) ?? []
        guard !files.isEmpty else {
            let status = FileStatus(path: layout.dataDirectory)
            self = status.map(\.isDirectory) ?? true ? .missing : .damaged
            return
        }
        let text = (try? String(contentsOfFile: layout.versionFile, encoding: .utf8)) ?? ""
        guard let version = Int(text.trimmingCharacters(in: .whitespacesAndNewlines)),
            FileStatus(path: layout.controlFile)?.isRegularFile == true
        else {
            self = .damaged
            return
        }
        self = .present(majorVersion: version)
    }
}
