/// One installation of PostgreSQL's server programs.
struct ServerPrograms: Sendable, Equatable {
    /// The oldest major version that works.
    static let oldestVersion = 14
    /// The major version the error for a missing installation proposes.
    static let proposedVersion = 15

    /// The directory that holds `postgres`, `initdb` and, usually, `psql`.
    let directory: String
    let majorVersion: Int

    var postgres: String { directory + "/postgres" }
    var initdb: String { directory + "/initdb" }
}
