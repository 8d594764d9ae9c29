/// Work that goes on for as long as other work does.
enum AccompanyingWork {
    /// Runs `body` while `works` run, and cancels them when it ends; a failure of any ends all.
    static func run<Value: Sendable>(
        _ works: [@Sendable () async throws -> Void],
        during body: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            for work in works {
                group.addTask {
                    try await work()
                    return nil
                }
            }
            group.addTask { try await body() }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }
}
