import Postgres

/// What can be shown of a source: everything but its secrets.
package struct SourceDetails: Sendable, Hashable {
    /// The time in which one of the source's secrets counts.
    package struct Secret: Sendable, Hashable {
        /// The number of the secret within the source, from 1.
        package let number: Int64
        /// From when on it counts.
        package let notBefore: PostgresTimestamp
        /// From when on it no longer counts; nil is never.
        package let expiresAt: PostgresTimestamp?
    }

    /// The identifier.
    package let id: SourceID
    /// What is known of the vendor.
    package let connector: ConnectorName
    /// The name for people.
    package let name: String
    /// What its operator set.
    package let settings: SourceSettings
    /// When it was made.
    package let createdAt: PostgresTimestamp
    /// When it was disabled; nil while it is enabled.
    package let disabledAt: PostgresTimestamp?
    /// Its secrets in the order in which they were made, expired ones included.
    package let secrets: [Secret]
}
