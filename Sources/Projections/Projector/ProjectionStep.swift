import EventLog
import Postgres

/// One page of one workspace to be folded into one generation.
struct ProjectionStep: Sendable, Hashable {
    let workspace: WorkspaceID
    let key: GenerationKey
    let state: ProjectionGeneration.State
    let maxEvents: Int32
    let maxBytes: Int64

    /// A page of a build, as large as it may be.
    static func build(_ key: GenerationKey, of workspace: WorkspaceID, _ bounds: PageSizer.Bounds) -> ProjectionStep {
        ProjectionStep(
            workspace: workspace,
            key: key,
            state: .building,
            maxEvents: bounds.largest,
            maxBytes: bounds.bytes
        )
    }

    /// The workspace and the generation, as statements take them.
    var address: [PostgresParameter] { [.int8(workspace.rawValue)] + key.parameters }
}
