/// What a `NOTIFY` brought.
package struct PostgresNotification: Sendable, Hashable {
    /// The channel it was sent on.
    package let channel: String
    /// The text sent with it; empty without.
    package let payload: String
}
