/// Why a request is refused, in no vendor's words; a ``Dialect`` finds them.
package enum Refusal: Error, Hashable, Sendable {
    /// What keeps data from being told or changed for a while.
    package enum Obstacle: Hashable, Sendable {
        /// The database is away, overloaded or too slow.
        case database
        /// The database is a standby, which takes no writes.
        case standby
        /// The read model did not reach the asked position in time.
        case readModel
        /// The read model has too much to read before a write can be decided.
        case backlog
    }

    case missingKey
    /// A key that was never issued, or is damaged.
    case invalidKey
    /// A key that was valid once.
    case revokedKey
    /// The key may only read.
    case readOnlyKey
    /// The request does not say which workspace it is for.
    case missingWorkspace(header: String)
    /// The key is not the named workspace's.
    case foreignWorkspace
    /// The key is for the other kind of data than the request asks for.
    case otherMode
    case invalid([Fault])
    /// Something that there is stands against it.
    case conflict(Fault)
    /// The idempotency key stands for another request, which was answered or still is.
    case repetition(isUnderWay: Bool)
    /// No such object of a kind that the key may see.
    case notFound(String)
    /// A list has no page of the number.
    case noSuchPage
    case routeNotFound
    case methodNotAllowed
    case contentTooLarge
    /// A write after which an object would be larger than what is folded.
    case objectTooLarge
    /// A body that is compressed.
    case contentEncoded
    /// The key has made all the requests that it may make within a minute; there is room again in `seconds`.
    case rateLimited(seconds: Int64)
    case positionAheadOfLog
    /// Trying again helps.
    case unavailable(Obstacle)
    case failed

    /// What is wrong with one parameter of a query.
    static func query(_ name: String, _ cause: Fault.Cause) -> Refusal {
        .invalid([Fault(.query, name, cause)])
    }

    /// What is wrong with a header field.
    static func header(_ name: String, _ cause: Fault.Cause) -> Refusal {
        .invalid([Fault(.header, name, cause)])
    }
}
