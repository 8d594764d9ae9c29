/// What became of a line of an import, after the commit that says so.
package enum ImportOutcome: Sendable, Hashable {
    /// It is an event of the log now.
    case appended
    /// The log had it.
    case unchanged
    /// It is an event whose id the log has with another body, which stays; this body was set aside.
    case conflicting
    /// It is an event of another system than the source's, as which it was left out.
    case foreign(system: String)
    /// It was left out.
    case refused(ImportRefusal)
}
