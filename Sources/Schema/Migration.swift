/// A numbered, forward-only change of the schema: a file `sql/schema/<number>_<name>.sql`.
struct Migration: Sendable, Hashable {
    let version: Int
    let name: String
    let path: String

    /// Every migration of this build in ascending order.
    ///
    /// `0000` is not one: it makes the place where they are recorded.
    static let all = SQLLibrary.paths(in: "schema").compactMap(Migration.init(path:)).filter { $0.version > 0 }

    init?(path: String) {
        let file = path.split(separator: "/").last ?? ""
        let parts = file.dropLast(".sql".count).split(separator: "_", maxSplits: 1)
        guard parts.count == 2, let version = Int(parts[0]) else { return nil }
        self.version = version
        self.name = String(parts[1])
        self.path = path
    }
}
