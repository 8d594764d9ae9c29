/// What is unwise, though possible, about a secret that was accepted.
public enum SecretWarning: Sendable, Hashable, CustomStringConvertible {
    /// The key has fewer bytes than recommended.
    case short(byteCount: Int, recommended: Int)
    /// The text begins or ends with white space, which counts as part of the key: most often a slip in copying.
    case surroundingWhitespace

    /// One sentence for the operator.
    public var description: String {
        switch self {
        case .short(let byteCount, let recommended):
            "The secret has only \(byteCount) bytes; at least \(recommended) are recommended."
        case .surroundingWhitespace:
            "The secret begins or ends with white space, which is taken as part of it."
        }
    }
}
