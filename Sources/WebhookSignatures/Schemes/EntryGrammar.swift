/// How the signature header is divided into candidates.
enum EntryGrammar: Sendable, Hashable {
    /// The whole value is the prefix and one signature.
    case single(prefix: String)
    /// Entries between commas; each is the prefix and a signature, and after the first the prefix may be left out.
    case commaList(prefix: String)
    /// Entries between spaces, each `version,signature`: `v1` for HMAC and `v1a` for Ed25519.
    case versionedList
    /// Pairs between commas: one `t=timestamp` and any number of `v1=signature`.
    case timestampedPairs
}
