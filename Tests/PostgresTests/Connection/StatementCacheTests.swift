import Testing

@testable import Postgres

@Suite struct StatementCacheTests {
    private func key(_ name: String, sql: String = "SELECT 1", types: [PostgresType] = []) -> StatementCache.Key {
        StatementCache.Key(statement: PostgresStatement(name: name, sql: sql), types: types)
    }

    @Test func statementsKeepTheirName() {
        var cache = StatementCache(limit: 4)
        let name = cache.insert(key("a"))
        #expect(cache.name(for: key("a")) == name)
        #expect(cache.name(for: key("b")) == nil)
    }

    @Test func textAndTypesTellStatementsApart() {
        var cache = StatementCache(limit: 4)
        let names = [
            cache.insert(key("a")), cache.insert(key("a", sql: "SELECT 2")), cache.insert(key("a", types: [.int8])),
        ]
        #expect(Set(names).count == 3)
        #expect(cache.count == 3)
    }

    @Test func leastRecentlyUsedIsEvicted() {
        var cache = StatementCache(limit: 2)
        _ = cache.insert(key("a"))
        let second = cache.insert(key("b"))
        _ = cache.name(for: key("a"))
        _ = cache.insert(key("c"))
        #expect(cache.name(for: key("b")) == nil)
        #expect(cache.name(for: key("a")) != nil)
        #expect(cache.takeEvicted() == [second])
        #expect(cache.takeEvicted().isEmpty)
    }

    @Test func deferredNamesComeBack() {
        var cache = StatementCache(limit: 2)
        let name = cache.insert(key("a"))
        cache.remove(key("a"))
        cache.deferDeallocation(of: cache.takeEvicted())
        #expect(cache.takeEvicted() == [name])
    }

    @Test func discardedStatementsAreNotDeallocated() {
        var cache = StatementCache(limit: 2)
        _ = cache.insert(key("a"))
        cache.discard(key("a"))
        #expect(cache.takeEvicted().isEmpty)
        #expect(cache.count == 0)
    }
}
