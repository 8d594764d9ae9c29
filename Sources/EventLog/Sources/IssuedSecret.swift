/// A secret at the one moment when it can be shown.
///
/// Its descriptions and mirror never show the secret; only ``text`` does.
package struct IssuedSecret: Sendable {
    /// The source it belongs to.
    package let source: SourceID
    /// The secret as the sender needs it.
    package let text: String
    /// What is unwise about it, one sentence each.
    package let warnings: [String]
}

extension IssuedSecret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The source's identifier.
    package var description: String { "IssuedSecret(\(source))" }
    /// The source's identifier.
    package var debugDescription: String { description }
    /// A mirror without the secret.
    package var customMirror: Mirror { Mirror(self, children: ["source": source]) }
}
