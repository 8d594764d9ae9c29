/// The addresses and limits of the public and the admin listener.
package struct HTTPServerConfiguration: Sendable, Hashable {
    /// The listener for senders and clients.
    package var publicListener = ListenerConfiguration.public
    /// The listener for metrics and health.
    package var adminListener = ListenerConfiguration.admin
    /// The bytes that requests may take in memory, of all connections together.
    package var bodyByteCount = BodyBudget.defaultByteCount

    /// Creates the configuration of a server that only this machine reaches.
    package init() {}
}
