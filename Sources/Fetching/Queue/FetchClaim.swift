import EventLog
import Foundation
import Postgres

/// An object that this process has taken to fetch, for as long as its lease lasts.
package struct FetchClaim: Sendable {
    /// The source whose thin event asked for it.
    package let source: SourceID
    /// The source's connector.
    package let connector: ConnectorName
    /// What kind of object it is, such as `customer`.
    package let entityType: String
    /// The vendor's id of the object: letters, digits, hyphens and underscores.
    package let entityID: String
    /// Tells this claim from others of the same object.
    package let claim: UUID
    /// How often the object was taken, this time included.
    package let attempts: Int
    /// The time that counts for the object's state, in RFC 3339.
    package let observedAt: String
    /// How often in a row the vendor's API as a whole has failed.
    package let failures: Int
    /// What the source's operator set.
    package let settings: SourceSettings
    /// The vendor's API token, sealed.
    package let sealedToken: [UInt8]
    /// Why the last attempt failed; nil before the second.
    package let problem: String?

    init(_ row: PostgresRow, source: SourceID) throws(PostgresError) {
        self.source = source
        connector = try row["connector"]
        entityType = try row["entity_type"]
        entityID = try row["entity_id"]
        claim = try row["claim"]
        attempts = try row["attempts"]
        observedAt = try row["observed_at"]
        failures = try row["failures"]
        settings = try SourceSettings(row["settings", as: String.self])
        sealedToken = try row["sealed"]
        problem = try row["problem"]
    }
}
