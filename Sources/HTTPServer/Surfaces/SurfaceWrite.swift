import Connectors
import Crypto
import EventLog
import Hummingbird
import Postgres
import Schema

/// A request that writes to a vendor's surface.
struct SurfaceWrite {
    /// The statement that does it.
    static let statement = SQLLibrary.call("command_write_object", 17)

    let target: SurfaceTarget
    let request: Request
    let key: APIKeyText

    /// Whether it makes something: such a request may carry an idempotency key.
    var creates: Bool { target.operation.creates }

    /// Whether the body counts.
    var hasBody: Bool { target.operation.hasBody }

    /// What is said of other outcomes than success.
    var refusing: Refusing { target.refusing }

    /// What the statement is given besides the key; throws what is wrong with the body, or with the request.
    func parameters(body: [UInt8], idempotencyKey: String?) throws(Refusal) -> [PostgresParameter] {
        let caller = try SurfaceCaller(request, key, target.surface.access)
        let repetition: [PostgresParameter] = [
            .text(idempotencyKey), .bytea(idempotencyKey.map { _ in Array(SHA256.hash(data: body)) }),
        ]
        return repetition + caller.parameters + (try target.writeParameters(body))
    }
}
