/// The statements prepared on one connection, bounded by recency of use.
struct StatementCache {
    /// What a server-side prepared statement is known by here.
    struct Key: Hashable {
        let statement: PostgresStatement
        let types: [PostgresType]
    }

    private struct Entry {
        let name: String
        var lastUse: Int
    }

    private let limit: Int
    private var entries: [Key: Entry] = [:]
    private var uses = 0
    private var names = 0
    /// Names that are no longer used but still exist on the server.
    private var evicted: [String] = []

    init(limit: Int) {
        self.limit = max(1, limit)
    }

    var count: Int { entries.count }

    /// The name of a prepared statement; notes the use.
    mutating func name(for key: Key) -> String? {
        guard entries[key] != nil else { return nil }
        uses += 1
        entries[key]?.lastUse = uses
        return entries[key]?.name
    }

    /// Makes a name for a statement that is about to be prepared; evicts the least recently used beyond the limit.
    mutating func insert(_ key: Key) -> String {
        if entries.count >= limit, let oldest = entries.min(by: { $0.value.lastUse < $1.value.lastUse })?.key {
            remove(oldest)
        }
        uses += 1
        names += 1
        let name = "hooklog_\(names)"
        entries[key] = Entry(name: name, lastUse: uses)
        return name
    }

    /// Forgets a statement; its name becomes due for deallocation.
    mutating func remove(_ key: Key) {
        guard let entry = entries.removeValue(forKey: key) else { return }
        evicted.append(entry.name)
    }

    /// Forgets a statement whose preparation failed.
    mutating func discard(_ key: Key) {
        entries[key] = nil
    }

    /// The names to deallocate on the server; the caller does it now or calls ``deferDeallocation(of:)``.
    mutating func takeEvicted() -> [String] {
        defer { evicted = [] }
        return evicted
    }

    /// Hands back names that could not be deallocated yet.
    mutating func deferDeallocation(of names: [String]) {
        evicted.append(contentsOf: names)
    }
}
