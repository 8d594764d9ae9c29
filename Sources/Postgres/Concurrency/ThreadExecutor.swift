import CLibpq
import DequeModule
import Foundation
import Synchronization

/// A serial executor that runs its jobs on one thread of its own.
///
/// The thread starts with the first job. After ``retire()`` it ends as soon as no job is left; a job that arrives
/// later still runs, on a thread that lives for that job only, so nothing enqueued is ever lost.
final class ThreadExecutor: SerialExecutor {
    private struct State {
        var jobs: Deque<UnownedJob> = []
        var isRunning = false
        var isRetired = false
    }

    private let name: String
    private let condition = NSCondition()
    private let state = Mutex(State())

    init(name: String) {
        self.name = name
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let startsThread = signalling { state in
            state.jobs.append(job)
            guard !state.isRunning else { return false }
            state.isRunning = true
            return true
        }
        guard startsThread else { return }
        Thread { self.runUntilRetired() }.start()
    }

    /// Ends the thread once every job is done.
    func retire() {
        signalling { $0.isRetired = true }
    }

    private func signalling<Value: Sendable>(_ change: (inout State) -> Value) -> Value {
        condition.lock()
        defer {
            condition.signal()
            condition.unlock()
        }
        return state.withLock { change(&$0) }
    }

    private func runUntilRetired() {
        clibpq_set_thread_name(name)
        while let job = nextJob() {
            job.runSynchronously(on: asUnownedSerialExecutor())
        }
    }

    private func nextJob() -> UnownedJob? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let (job, ends) = state.withLock { state in
                if let job = state.jobs.popFirst() { return (UnownedJob?.some(job), false) }
                if state.isRetired { state.isRunning = false }
                return (nil, state.isRetired)
            }
            if job != nil || ends { return job }
            condition.wait()
        }
    }
}
