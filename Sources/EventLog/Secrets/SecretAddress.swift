/// Where a sealed secret is kept; it can be opened there only.
package struct SecretAddress: Hashable, Sendable {
    /// The source that the secret belongs to.
    package let source: SourceID
    /// The number of the secret within the source, from 1; 0 is the token of the vendor's API.
    package let number: Int64

    /// Creates an address.
    package init(source: SourceID, number: Int64) {
        self.source = source
        self.number = number
    }

    /// Where the token is kept with which a source's objects are fetched; secrets are numbered from 1.
    package static func fetchToken(of source: SourceID) -> SecretAddress {
        SecretAddress(source: source, number: 0)
    }

    /// The bytes that bind a sealed secret to this place.
    var associatedData: [UInt8] {
        [source.workspace.rawValue, source.number, number].flatMap { BigEndian.bytes(UInt64(bitPattern: $0)) }
    }
}
