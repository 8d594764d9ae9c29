import Connectors
import Crypto
import EventLog
import Hummingbird
import Postgres
import Schema

/// A request that writes to a vendor's surface.
struct SurfaceWrite: Write {
    private static let write = SQLLibrary.call("command_write_object", 17)

    let target: SurfaceTarget
    let request: Request
    let key: APIKeyText

    var creates: Bool { target.operation.creates }

    var hasBody: Bool {
        if case .delete = target.operation.act { false } else { true }
    }

    var refusing: any Refusing { target.refusing }

    func statement(body: [UInt8], idempotencyKey: String?) throws -> (PostgresStatement, [PostgresParameter]) {
        let caller = try SurfaceCaller(request, key, target.surface.access)
        let repetition: [PostgresParameter] = [
            .text(idempotencyKey), .bytea(idempotencyKey.map { _ in Array(SHA256.hash(data: body)) }),
        ]
        return (Self.write, repetition + caller.parameters + (try target.writeParameters(body)))
    }
}
