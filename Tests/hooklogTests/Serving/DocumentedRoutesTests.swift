import Connectors
import EventLog
import HTTPServer
import HTTPTypes
import Hummingbird
import Logging
import Postgres
import Projections
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
        ) async throws(ProjectionError) {}
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
        let events = EventReader(pool: pool, senders: .known)
        let all = ServiceComposition.queryControllers(reads: reads, writes: writes, events: events, limiter: limiter)
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

    @Test func everyRouteIsDocumented() {
        let served = served()
        #expect(served.count > 80)
        #expect(served.subtracting(documented) == [])
    }

    @Test func everyDocumentedOperationIsServed() {
        #expect(documented.subtracting(served()) == ["POST /webhooks/{source_id}"])
    }
}
