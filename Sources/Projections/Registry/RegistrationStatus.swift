/// How a projection that this binary knows stands in the database.
package enum RegistrationStatus: Sendable, Hashable {
    /// This version is in use or being built.
    case current
    /// Another version is in use: a newer release has registered its own, or `migrate` was not run with this one.
    case otherVersion(ProjectionVersion)
    /// No version is registered.
    case unregistered
}
