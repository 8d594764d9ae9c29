import Connectors
import Foundation
import HTTPTypes
import Hummingbird

/// A vendor's surface over HTTP: every operation of its table.
package struct SurfaceController: RouteController {
    private let surface: Surface
    private let reads: ReadResponder
    private let writes: WriteResponder

    /// Makes the controller of a surface.
    package init(_ surface: Surface, reads: ReadResponder, writes: WriteResponder) {
        self.surface = surface
        self.reads = reads
        self.writes = writes
    }

    /// The controllers of every surface, each after what answers its paths that no route has.
    package static func all(reads: ReadResponder, writes: WriteResponder) -> [any RouteController] {
        Surface.all.map { UnmatchedRoutes(prefix: $0.prefix, routes: RouteTable($0)) }
            + Surface.all.map { SurfaceController($0, reads: reads, writes: writes) }
    }

    /// Adds the endpoints to a router; reads as GET and HEAD.
    package func addRoutes(to router: Router<ServerRequestContext>) {
        for operation in surface.operations {
            let path = RouterPath(surface.prefix + operation.path)
            guard !operation.isOpen else {
                router.getAndHead(path) { _, _ in health }
                continue
            }
            guard operation.writes, let method = HTTPRequest.Method(operation.method) else {
                router.getAndHead(path) { request, context in try await answer(request, context, operation) }
                continue
            }
            router.on(path, method: method) { request, context in try await answer(request, context, operation) }
        }
    }

    private var health: Response {
        let time = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        return Response(.ok, ByteBuffer(string: "{\"status\":\"ok\",\"timestamp\":\"\(time)\"}"))
    }

    private func answer(
        _ request: Request,
        _ context: ServerRequestContext,
        _ operation: SurfaceOperation
    ) async throws -> Response {
        let target = SurfaceTarget(surface, operation, request, context)
        let key = try request.key(schemes: surface.access.schemes)
        guard operation.writes else {
            return try await reads.respond(to: request, key: key) { items in try target.read(items, request, key) }
        }
        return try await writes.respond(to: request, key: key, target)
    }
}
