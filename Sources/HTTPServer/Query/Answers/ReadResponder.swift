import Connectors
import EventLog
import HTTPTypes
import Hummingbird
import Logging
import Postgres
import Projections
import Schema

/// Answers reads: finds the key, waits for a position if asked to, runs one statement and passes its bytes on.
///
/// The statement checks the key itself, so a revoked key fails on the very next request. Every request is bounded by a
/// deadline; a database that is away or too slow is a 503 with `Retry-After`.
package struct ReadResponder: Sendable {
    private static let checkKey = SQLLibrary.call("check_api_key", 3)
    /// The longest wait for a position that a request asked for.
    private static let positionTimeout = Duration.seconds(5)

    /// The longest wait for a statement's answer, queueing included.
    package var statementTimeout = Duration.seconds(5)
    private let pipeline: PostgresPipeline
    private let waiter: any ReadModelWaiting
    private let recorder: APIKeyUseRecorder
    private let logger: Logger

    /// Makes a responder; the pipeline and the recorder must be running.
    package init(pipeline: PostgresPipeline, waiter: any ReadModelWaiting, recorder: APIKeyUseRecorder, logger: Logger)
    {
        self.pipeline = pipeline
        self.waiter = waiter
        self.recorder = recorder
        self.logger = logger
    }

    /// Answers a request of a key with the read that `make` builds of its parameters.
    func respond(
        to request: Request,
        key: APIKeyText,
        _ make: (QueryItems) throws -> Read
    ) async throws(QueryFailure) -> Response {
        let (read, position) = try await prepare(request, key, make)
        if let position { try await wait(for: position, key) }
        let body = try await run(read, key)
        recorder.note(key)
        return Response(.ok, body)
    }

    /// Checks a request's key and waits for its position, for reads that are not one statement.
    func admit<Value>(
        _ request: Request,
        _ make: (QueryItems) throws -> Value
    ) async throws(QueryFailure) -> (APIKeyText, Value) {
        let key = try request.key()
        let (value, position) = try await prepare(request, key, make)
        if let position {
            try await wait(for: position, key)
        } else {
            try await check(key)
        }
        recorder.note(key)
        return (key, value)
    }

    /// Reads the request; one that is wrong is only told so when its key is right.
    private func prepare<Value>(
        _ request: Request,
        _ key: APIKeyText,
        _ make: (QueryItems) throws -> Value
    ) async throws(QueryFailure) -> (Value, Position?) {
        do {
            let position = try MinimumPosition.read(request.headers[named: MinimumPosition.header])
            return (try make(QueryItems(query: request.uri.query)), position)
        } catch {
            try await check(key)
            throw QueryFailure(judging: error)
        }
    }

    /// Waits for a position on behalf of a key that is checked first, so that strangers do not wait here.
    private func wait(for position: Position, _ key: APIKeyText) async throws(QueryFailure) {
        try await check(key)
        do throws(ProjectionError) {
            try await waiter.wait(for: position, in: key.workspace, deadline: .now + Self.positionTimeout)
        } catch {
            throw QueryFailure(error)
        }
    }

    private func check(_ key: APIKeyText) async throws(QueryFailure) {
        _ = try await run(Read(statement: Self.checkKey), key)
    }

    /// Runs a read and returns the answer's JSON; once more when the connection was lost, for a read may be repeated.
    private func run(_ read: Read, _ key: APIKeyText) async throws(QueryFailure) -> ByteBuffer {
        let deadline = ContinuousClock.now + statementTimeout
        let parameters = key.parameters + read.parameters
        let answer: (outcome: Outcome, body: ArraySlice<UInt8>)
        do throws(PostgresError) {
            do throws(PostgresError) {
                answer = try Self.answer(await pipeline.query(read.statement, parameters, deadline: deadline))
            } catch  where error.code == .connectionLost {
                answer = try Self.answer(await pipeline.query(read.statement, parameters, deadline: deadline))
            }
        } catch {
            logger.error("Read failed", metadata: ["error": "\(error)"])
            throw QueryFailure(Refusal(error))
        }
        try read.refusing.check(answer.outcome)
        return ByteBuffer(bytes: answer.body)
    }

    /// Reads the one row of a result; throws `decoding` when it is not as the functions promise.
    private static func answer(_ result: PostgresResult) throws(PostgresError) -> (Outcome, ArraySlice<UInt8>) {
        let (outcome, row) = try result.outcome()
        return (outcome, result.columns.count > 1 ? try row.json(1) ?? [] : [])
    }

    /// Reads the log; a failure is logged and becomes what a client is told of it.
    func fromLog<Value>(_ read: () async throws(EventLogError) -> Value) async throws(QueryFailure) -> Value {
        do throws(EventLogError) {
            return try await read()
        } catch {
            logger.error("Read failed", metadata: ["error": "\(error)"])
            throw QueryFailure(Refusal(error))
        }
    }
}

extension QueryFailure {
    /// What a client is told of a wait for a position that failed.
    fileprivate init(_ error: ProjectionError) {
        let headers: HTTPFields = [.hooklogPosition: (error.position ?? .start).description]
        switch error.code {
        case .positionBeyondHead: self.init(.positionAheadOfLog, headers: headers)
        case .waitTimedOut: self.init(.unavailable(.readModel), headers: headers)
        case .invalidFile, .nameTaken, .definitionRefused, .unknownProjection, .buildGone, .buildStopped,
            .tooManyWaiters, .cancelled, .unavailable, .databaseFailed:
            self.init(.unavailable(.database))
        }
    }
}
