/// What registering a projection changed.
package enum RegistrationOutcome: Sendable, Hashable {
    /// It is the version in use, or one on its way there.
    case unchanged
    /// It is new, or it is built beside the version in use and takes over when it has caught up.
    case building(GenerationID)
    /// As `building`, but sessions that read a view kept its new columns from being shown; `serve` tries again, and so does
    /// registering again.
    case unannounced(GenerationID)
    /// A later version has superseded it, so it was left alone.
    case superseded
}
