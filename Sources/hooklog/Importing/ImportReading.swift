/// What an import reads: a file, or a vendor's lists.
protocol ImportReading: Sendable {
    /// The name by which an interrupted import is found again; never a secret.
    var origin: String { get }
    /// How many lines an earlier run has brought in, where this one goes on.
    var earlierCount: Int { get }
    /// The kinds of objects whose lists were not there.
    var absentKinds: [String] { get async }

    /// The next lines, in order; nil when all were read.
    ///
    /// - Throws: `unreadableFile` or `unreachable`; `CancellationError`.
    func next() async throws -> ImportChunk?
}
