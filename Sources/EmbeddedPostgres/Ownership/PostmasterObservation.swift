/// What one look at a cluster's postmaster showed.
enum PostmasterObservation: Sendable, Equatable {
    /// There is no `postmaster.pid`: it was never started or was stopped in order.
    case absent
    /// `postmaster.pid` names a process that is no more: it was killed.
    case gone
    /// `postmaster.pid` names a living process that is not of this cluster: the id was given out again after a crash.
    case unrelated
    /// It is coming up or recovering, or is a child of this process that has not said more yet.
    case starting
    /// It accepts connections.
    case ready
    /// It is going down.
    case stopping
    /// Somebody listens on the socket whom this process cannot see, as from another container.
    case unseen

    /// Whether nobody serves the cluster, so that its owner has to start it.
    var needsStart: Bool {
        switch self {
        case .absent, .gone, .unrelated: true
        case .starting, .ready, .stopping, .unseen: false
        }
    }
}
