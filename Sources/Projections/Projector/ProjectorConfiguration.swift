/// How a projector works.
package struct ProjectorConfiguration: Sendable {
    /// Whose projections a projector keeps.
    package enum Scope: Sendable, Hashable {
        case all
        /// Those compiled in: commands and readers wait for them.
        case builtIn
        /// Those that users write. What their SELECTs cost is not known, so a page leaves nothing of itself in its session, and
        /// the server ends it too, when this process cannot.
        case users

        func includes(_ generation: ProjectionGeneration) -> Bool {
            switch self {
            case .all: true
            case .builtIn: generation.isBuiltIn
            case .users: !generation.isBuiltIn
            }
        }
    }

    /// Whose projections it keeps.
    package var scope = Scope.all
    /// The most steps at a time in this process; the pool should be as large and two more.
    package var concurrency = 4
    /// The most of them that may be steps of a build that nobody reads yet.
    package var buildConcurrency = 1
    /// The time between two looks at a slice of the workspaces, for what wake-ups missed.
    package var sweepInterval = Duration.seconds(2)
    /// The number of workspaces that one look takes in.
    package var sweepSize = 1_000
    /// How long a page may take before it is given up and halved.
    package var pageTimeout = Duration.seconds(60)
    /// How long a graceful shutdown waits for the pages in hand before they are cancelled: nothing of them is lost.
    package var drainTimeout = Duration.seconds(3)
    /// A build takes over when it is no more than so many events behind.
    package var swapLag: Int64 = 5_000
    /// How long a superseded version is kept up to date before it is dropped.
    package var rollbackWindow = Duration.seconds(3_600)

    /// Creates the usual configuration.
    package init() {}

    /// The same for users' projections, with workers of their own and less time for a page.
    package var forUsers: ProjectorConfiguration {
        var users = self
        users.scope = .users
        users.concurrency = 2
        users.pageTimeout = min(pageTimeout, .seconds(10))
        return users
    }
}
