import Connectors
import EventLog
import HTTPTypes
import Hummingbird
import Postgres

/// What a request says of its sender besides the key.
struct SurfaceCaller {
    /// What it calls the workspace; nil where the key is enough.
    let workspaceName: String?
    /// Whether it asks for test data, which a key for live data may too.
    let asksTest: Bool

    /// What statements are given about it.
    var parameters: [PostgresParameter] { [.text(workspaceName), .bool(asksTest)] }

    /// Reads the header fields that a surface asks for.
    ///
    /// Throws `missingWorkspace`, `foreignWorkspace` for a name that no workspace can have, and `otherMode` when the key is
    /// for test data and live data is asked for.
    init(_ request: Request, _ key: APIKeyText, _ access: SurfaceAccess) throws(Refusal) {
        workspaceName = try Self.workspaceName(request, access)
        guard let header = access.testModeHeader else {
            asksTest = false
            return
        }
        asksTest = request.headers[named: header].contains { ["true", "1"].contains($0.lowercased()) }
        guard asksTest || key.livemode else { throw .otherMode }
    }

    private static func workspaceName(_ request: Request, _ access: SurfaceAccess) throws(Refusal) -> String? {
        guard let header = access.workspaceHeader else { return nil }
        let values = request.headers[named: header]
        guard let name = values.first, !name.isEmpty else { throw .missingWorkspace(header: header) }
        guard values.count == 1, !name.utf8.contains(0) else { throw .foreignWorkspace }
        return name
    }
}
