import Connectors
import EventLog
import HTTPServer
import HTTPTypes
import Hummingbird
import Logging
import Postgres
import Testing

@testable import hooklog

/// What the public listener serves is what the document tells of.
struct DocumentedRoutesTests {
    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    private struct Nowhere: ReadModelWaiting {
        func wait(
            for position: Position,
            in workspace: WorkspaceID,
            deadline: ContinuousClock.Instant
        ) async throws -> ReadModelWait { .reached }
    }

    /// The routes of the query surfaces as they are composed for `serve`; nothing of them runs.
    private func served() -> Set<String> {
        let configuration = PostgresConfiguration(connectionString: "")
        let pipeline = PostgresPipeline(PostgresPipelineConfiguration(connection: configuration), logger: Self.logger)
        let recorder = APIKeyUseRecorder(pipeline: pipeline, logger: Self.logger) { .infinity }
        let reads = ReadResponder(pipeline: pipeline, waiter: Nowhere(), recorder: recorder, logger: Self.logger)
        let pool = PostgresPool(PostgresPoolConfiguration(connection: configuration), logger: Self.logger)
        let writes = WriteResponder(pool: pool, activity: LogActivity(), recorder: recorder, logger: Self.logger)
        let limiter = RateLimiter(pipeline: pipeline, logger: Self.logger)
        let events = EventReader(pool: pool)
        let all = QueryControllers.all(reads: reads, writes: writes, events: events, limiter: limiter)
        let router = Router(context: ServerRequestContext.self)
        for controller in all {
            controller.addRoutes(to: router)
        }
        return Set(router.routes.map { "\($0.method.rawValue) \($0.path)" })
    }

    private let documented = Set(
        APIDocument.served.operations.flatMap { operation in
            let route = "\(operation.method) \(operation.path)"
            return operation.method == "GET" ? [route, "HEAD \(operation.path)"] : [route]
        }
    )

    /// The routes of the surfaces that the vendors' own pages describe.
    private let surfaced = Set(
        Surface.all.flatMap { surface in
            surface.operations.flatMap { operation in
                (operation.method == "GET" ? ["GET", "HEAD"] : [operation.method])
                    .map { "\($0) \(surface.prefix)\(operation.path)" }
            }
        }
    )

    @Test func everyRouteIsDocumented() {
        let served = served()
        #expect(served.count > 20)
        #expect(served.subtracting(documented).subtracting(surfaced) == [])
    }

    @Test func everyDocumentedOperationIsServed() {
        #expect(documented.union(surfaced).subtracting(served()) == ["POST /webhooks/{source_id}"])
    }

    @Test func documentTellsOfTheOtherSurfaces() {
        let description = APIDocument.served.root["info"]?["description"]?.text ?? ""
        #expect(Surface.all.allSatisfy { description.contains("`\($0.prefix)`") })
    }
}
