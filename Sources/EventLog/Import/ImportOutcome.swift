/// What became of a line of an import, after the commit that says so.
package enum ImportOutcome: Sendable, Hashable {
    /// It is an event of the log now.
    case appended
    /// The log had it.
    case unchanged
    /// It was left out.
    case refused(ImportRefusal)
}
