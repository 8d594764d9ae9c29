/// The identifier of a source, which carries its workspace inside it.
///
/// Its text is `src_` and 26 characters, opaque to users. Each identifier has exactly one text.
package struct SourceID: Hashable, Sendable, LosslessStringConvertible {
    /// The workspace that the source belongs to.
    package let workspace: WorkspaceID
    /// The number within the workspace: positive and random, so that it cannot be guessed.
    package let number: Int64

    private static let prefix = "src_"

    /// Creates an identifier from its parts.
    package init(workspace: WorkspaceID, number: Int64) {
        self.workspace = workspace
        self.number = number
    }

    /// Reads the text form; `nil` for anything that is not exactly one.
    package init?(_ text: String) {
        guard text.utf8.starts(with: Self.prefix.utf8) else { return nil }
        let digits = text.utf8.dropFirst(Self.prefix.utf8.count)
        guard let bytes = CrockfordBase32.decode(digits, count: 16) else { return nil }
        guard let parts = BigEndian.readIdentifier(bytes) else { return nil }
        (workspace, number) = parts
    }

    /// Makes an identifier with a random number.
    package static func random(in workspace: WorkspaceID) -> SourceID {
        SourceID(workspace: workspace, number: .random(in: 1 ... .max))
    }

    /// The text form.
    package var description: String {
        Self.prefix + CrockfordBase32.encode(BigEndian.identifier(workspace: workspace, number: number))
    }
}
