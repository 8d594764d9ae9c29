/// Where a sealed secret is kept; it can be opened there only.
package struct SecretAddress: Hashable, Sendable {
    /// The source that the secret belongs to.
    package let source: SourceID
    /// The number of the secret within the source, from 1.
    package let number: Int64

    /// Creates an address.
    package init(source: SourceID, number: Int64) {
        self.source = source
        self.number = number
    }

    /// The bytes that bind a sealed secret to this place.
    var associatedData: [UInt8] {
        [source.workspace.rawValue, source.number, number].flatMap { BigEndian.bytes(UInt64(bitPattern: $0)) }
    }
}
