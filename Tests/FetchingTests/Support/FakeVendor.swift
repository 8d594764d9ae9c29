import Locking

@testable import Fetching

/// A vendor's API in memory, which answers what a test tells it to.
final class FakeVendor: FetchTransport {
    private struct State {
        var answers: [String: Result<FetchResponse, FetchProblem>] = [:]
        var firstAnswers: [String: [Result<FetchResponse, FetchProblem>]] = [:]
        var otherwise: Result<FetchResponse, FetchProblem> = .success(FakeVendor.absence)
        var requests: [FetchRequest] = []
        var inHand = 0
        var mostInHand = 0
        /// What a request waits for before it is answered.
        var gates: [String: @Sendable () -> AsyncStream<Void>] = [:]
    }

    private let state = Locked(State())
    private let (arrivals, arrived) = AsyncStream.makeStream(of: String.self)

    /// The ids of the objects asked for, as they were asked for.
    var asked: [String] { state.withLock { $0.requests.map(Self.entityID) } }
    var requests: [FetchRequest] { state.withLock { $0.requests } }
    /// The most requests that were in hand at a time.
    var mostInHand: Int { state.withLock { $0.mostInHand } }

    /// Has an object, or a failure, at an id.
    func answer(_ id: String, _ answer: Result<FetchResponse, FetchProblem>) {
        state.withLock { $0.answers[id] = answer }
    }

    /// Answers the first requests for an id so, one after the other.
    func answerFirst(_ id: String, _ answers: [Result<FetchResponse, FetchProblem>]) {
        state.withLock { $0.firstAnswers[id] = answers }
    }

    /// Has an object of a name.
    func has(_ id: String, name: String) { answer(id, .success(Self.object(id, name: name))) }

    /// Answers so wherever nothing else is said.
    func answerOtherwise(_ answer: Result<FetchResponse, FetchProblem>) {
        state.withLock { $0.otherwise = answer }
    }

    /// Never answers requests for an object, however often it is asked.
    func ignore(_ id: String) {
        state.withLock { $0.gates[id] = { AsyncStream { _ in } } }
    }

    /// Keeps requests for an object until the continuation is given something, or one of them is given up.
    func hold(_ id: String) -> AsyncStream<Void>.Continuation {
        let (gate, opened) = AsyncStream.makeStream(of: Void.self)
        state.withLock { $0.gates[id] = { gate } }
        return opened
    }

    /// Waits until an object is asked for.
    func waitForRequest(of id: String) async {
        for await asked in arrivals where asked == id { return }
    }

    func get(_ request: FetchRequest) async throws(FetchProblem) -> FetchResponse {
        let id = Self.entityID(request)
        let (answer, gate) = state.withLock { state in
            state.requests.append(request)
            state.inHand += 1
            state.mostInHand = max(state.mostInHand, state.inHand)
            let first = state.firstAnswers[id].flatMap { $0.isEmpty ? nil : $0[0] }
            if first != nil { state.firstAnswers[id]?.removeFirst() }
            return (first ?? state.answers[id] ?? state.otherwise, state.gates[id])
        }
        arrived.yield(id)
        if let gate {
            for await _ in gate().prefix(1) {}
        }
        state.withLock { $0.inHand -= 1 }
        return try answer.get()
    }

    /// The answer where there is no such object.
    static let absence = FetchResponse(status: 404, body: Array(#"{"detail":"Not found."}"#.utf8))

    static func object(_ id: String, name: String) -> FetchResponse {
        FetchResponse(status: 200, body: Array(#" {"id": "\#(id)", "name": "\#(name)", "email": null} "#.utf8))
    }

    private static func entityID(_ request: FetchRequest) -> String {
        String(request.url.split(separator: "/").last ?? "")
    }
}
