import Locking

/// Which hosts were silent of late, so that the others are tried first.
///
/// All connections of a configuration share it: one waits for a silent host, the next go past it. After a while a host
/// gets its place back, for it may be the better one.
final class SilentHosts: Sendable {
    /// For how long a host stays behind.
    static let memory = Duration.seconds(60)
    /// Names may come to stand for ever more addresses.
    static let limit = 64

    private let marks = Locked<[ServerHost: ContinuousClock.Instant]>([:])

    /// Takes note that a host did not answer.
    func note(_ host: ServerHost, at now: ContinuousClock.Instant = .now) {
        marks.withLock { marks in
            marks = marks.filter { now - $0.value < Self.memory }
            marks[host] = now
            marks[host.named] = now
            while marks.count > Self.limit, let oldest = marks.min(by: { $0.value < $1.value })?.key {
                marks[oldest] = nil
            }
        }
    }

    /// Takes note that a host answered.
    func forget(_ host: ServerHost) {
        marks.withLock { marks in
            marks[host] = nil
            marks[host.named] = nil
        }
    }

    /// Whether a host was silent of late.
    func contains(_ host: ServerHost, at now: ContinuousClock.Instant = .now) -> Bool {
        marks.withLock { marks in marks[host].map { now - $0 < Self.memory } ?? false }
    }

    /// The hosts in their order, those that were silent last, and of these the newest last.
    func ordered(_ hosts: [ServerHost], at now: ContinuousClock.Instant = .now) -> [ServerHost] {
        let known = marks.withLock { marks in marks.filter { now - $0.value < Self.memory } }
        guard !known.isEmpty else { return hosts }
        let silent = hosts.filter { known[$0] != nil }.sorted { known[$0] ?? now < known[$1] ?? now }
        return hosts.filter { known[$0] == nil } + silent
    }
}
