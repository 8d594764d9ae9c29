import EventLog

/// One page of one workspace to be folded into one generation.
struct ProjectionStep: Sendable, Hashable {
    let workspace: WorkspaceID
    let key: GenerationKey
    let state: ProjectionGeneration.State
    let maxEvents: Int32
    let maxBytes: Int64
}
