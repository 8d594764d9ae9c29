import Connectors
import Crypto
import EventLog
import HTTPTypes
import Hummingbird
import Logging
import Postgres
import Schema

/// Answers writes: finds the key, judges the request, runs one statement and passes its bytes on.
///
///     key ─▶ encoding ─▶ idempotency key ─▶ size ─▶ JSON ─▶ attributes ─▶ statement: key, scope, repetition, rules
///     401     415            400            413      400       400         401, 403, 409, 404, 409, 503
///
/// The statement checks the key itself; a request that is refused before it has its key checked alone first, so that
/// only holders of a key that may write are told why. An answer of 2xx is given after the commit; after a 503 the write
/// may have been done, which an idempotency key makes safe to repeat.
package struct WriteResponder: Sendable {
    private enum Statements {
        static let checkWriter = SQLLibrary.call("check_writer", 3)
        static let write = SQLLibrary.call("command_write_object", 17)
    }

    /// The greatest size of a body in bytes.
    private static let bodyLimit = 1 << 20

    /// The longest wait for a statement's answer, that for a connection included.
    package var statementTimeout = Duration.seconds(5)
    private let pool: PostgresPool
    private let activity: LogActivity
    private let recorder: APIKeyUseRecorder
    private let logger: Logger

    /// Makes a responder; the pool should be nobody else's, for its connections wait for locks.
    package init(pool: PostgresPool, activity: LogActivity, recorder: APIKeyUseRecorder, logger: Logger) {
        self.pool = pool
        self.activity = activity
        self.recorder = recorder
        self.logger = logger
    }

    /// Answers a request.
    ///
    /// - Parameter key: The request's key.
    func respond(to request: Request, key: APIKeyText, _ target: SurfaceTarget) async throws -> Response {
        let parameters: [PostgresParameter]
        do {
            parameters = try await prepare(request, key, target)
        } catch let refusal as Refusal {
            try await check(key)
            throw QueryFailure(refusal)
        }
        let answer = try await run(Statements.write, parameters, key)
        try target.refusing.check(answer.outcome, field: answer.field, detail: answer.detail)
        guard let success = answer.success else { throw QueryFailure(.failed) }
        recorder.note(key)
        if !success.isReplay { activity.appended(key.workspace) }
        return success.response
    }

    /// Judges a request up to the point where the database is needed.
    private func prepare(
        _ request: Request,
        _ key: APIKeyText,
        _ target: SurfaceTarget
    ) async throws -> [PostgresParameter] {
        var idempotencyKey: String?
        var body: [UInt8] = []
        if target.operation.hasBody {
            guard request.headers.tellOfNoEncoding else { throw Refusal.contentEncoded }
            if target.operation.creates {
                idempotencyKey = try IdempotencyKey.read(request.headers[named: IdempotencyKey.header])
            }
            body = try await self.body(of: request)
        }
        let caller = try SurfaceCaller(request, key, target.surface.access)
        let bodyHash = idempotencyKey == nil ? nil : Array(SHA256.hash(data: body))
        let repetition: [PostgresParameter] = [.text(idempotencyKey), .bytea(bodyHash)]
        return try repetition + caller.parameters + target.writeParameters(body)
    }

    private func body(of request: Request) async throws -> [UInt8] {
        do {
            return try await BodyCollector(limit: Self.bodyLimit).collect(request)
        } catch is HTTPFailure {
            throw Refusal.contentTooLarge
        }
    }

    private func check(_ key: APIKeyText) async throws(QueryFailure) {
        try Refusing().check(await run(Statements.checkWriter, [], key).outcome)
    }

    /// Runs a statement once: it is repeated only when it was surely not sent.
    private func run(
        _ statement: PostgresStatement,
        _ parameters: [PostgresParameter],
        _ key: APIKeyText
    ) async throws(QueryFailure) -> WriteAnswer {
        do throws(PostgresError) {
            let deadline = ContinuousClock.now + statementTimeout
            let result = try await pool.query(statement, key.parameters + parameters, deadline: deadline)
            // A warning with a commit means that a standby may not have it.
            guard result.warnings.isEmpty else { throw PostgresError(.connectionLost) }
            return try WriteAnswer(result)
        } catch {
            let refusal = Refusal(error)
            if refusal != .objectTooLarge { logger.error("Write failed", metadata: ["error": "\(error)"]) }
            throw QueryFailure(refusal)
        }
    }
}
