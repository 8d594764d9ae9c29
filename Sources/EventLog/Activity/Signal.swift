/// Wakes a task that waits for it; sent several times before that looks, it wakes it once.
///
/// One task at a time may iterate over it.
package struct Signal: AsyncSequence, Sendable {
    private let stream: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// Creates a signal that was not sent.
    package init() {
        (stream, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// Wakes whoever waits, or will.
    package func send() { continuation.yield() }

    /// Ends the waits for good.
    package func finish() { continuation.finish() }

    /// Waits for the signal each time.
    package func makeAsyncIterator() -> AsyncStream<Void>.AsyncIterator { stream.makeAsyncIterator() }

    /// Runs `body` at once, then each time that the signal is sent and after each interval, until the task is cancelled.
    package func repeating(every interval: Duration, _ body: () async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                while (try? await ContinuousClock().sleep(for: interval)) != nil { send() }
            }
            send()
            for await _ in self { await body() }
            group.cancelAll()
        }
    }
}
