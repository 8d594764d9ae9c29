import Foundation
import PostgresTesting
import Testing

@testable import Postgres

/// Thread counts belong to the process, so these tests look for threads by name.
enum ThreadNames {
    /// The number of threads of this process with the given name.
    static func count(_ name: String) -> Int {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.count { task in
            let comm = try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
            return comm?.trimmingCharacters(in: .newlines) == name
        }
    }
}

@Suite(.timeLimit(.minutes(10)))
struct ThreadExecutorTests {
    private actor Worker {
        private let executor: ThreadExecutor
        private var steps = 0

        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

        init(_ executor: ThreadExecutor) {
            self.executor = executor
        }

        func step() -> Int {
            steps += 1
            return steps
        }

        func namedThreads(_ name: String) -> Int { ThreadNames.count(name) }
    }

    @Test func jobsRunOnTheNamedThread() async {
        let executor = ThreadExecutor(name: "exec-named")
        let worker = Worker(executor)
        #expect(await worker.namedThreads("exec-named") == 1)
        executor.retire()
    }

    @Test func concurrentCallsRunOneAfterTheOther() async {
        let executor = ThreadExecutor(name: "exec-serial")
        let worker = Worker(executor)
        let steps = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<200 { group.addTask { await worker.step() } }
            return await group.reduce(into: Set()) { $0.insert($1) }
        }
        #expect(steps == Set(1...200))
        executor.retire()
    }

    @Test func jobsAfterRetirementStillRun() async throws {
        let executor = ThreadExecutor(name: "exec-late")
        let worker = Worker(executor)
        _ = await worker.step()
        executor.retire()
        #expect(await worker.step() == 2)
        #expect(await worker.step() == 3)
        try await until { ThreadNames.count("exec-late") == 0 }
    }

    @Test func retirementEndsTheThread() async throws {
        let executor = ThreadExecutor(name: "exec-ends")
        _ = await Worker(executor).step()
        #expect(ThreadNames.count("exec-ends") == 1)
        executor.retire()
        try await until { ThreadNames.count("exec-ends") == 0 }
    }
}
