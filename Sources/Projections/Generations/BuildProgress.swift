import Postgres

/// How far a build is on its way to the active generation.
struct BuildProgress: Sendable, Hashable {
    /// The events that the active generation has read.
    let eventsTotal: Int64
    /// Those of them that the build has read.
    let eventsDone: Int64
    let workspacesBehind: Int64
    /// The workspaces that are behind and stopped with an error.
    let workspacesStopped: Int64

    var eventsBehind: Int64 { eventsTotal - eventsDone }
}

extension BuildProgress {
    init(_ row: PostgresRow) throws(PostgresError) {
        eventsTotal = try row["events_total"]
        eventsDone = try row["events_done"]
        workspacesBehind = try row["workspaces_behind"]
        workspacesStopped = try row["workspaces_stopped"]
    }
}
