import Crypto

/// Where a sealed secret is kept, and for the token of an API where it may be sent; it can be opened there only.
package struct SecretAddress: Hashable, Sendable {
    /// The source that the secret belongs to.
    package let source: SourceID
    /// The number of the secret within the source, from 1; 0 is the token of the vendor's API.
    package let number: Int64
    /// The origin of the API whose token it is: scheme, host and port.
    let origin: String?

    /// Creates an address; that of a token has an origin, see ``fetchToken(of:at:)``.
    package init(source: SourceID, number: Int64, origin: String? = nil) {
        self.source = source
        self.number = number
        self.origin = origin
    }

    /// Where the token is kept with which a source's objects are fetched from an API, whoever writes another address beside
    /// it; secrets are numbered from 1.
    package static func fetchToken(of source: SourceID, at origin: String) -> SecretAddress {
        SecretAddress(source: source, number: 0, origin: origin)
    }

    /// The bytes that bind a sealed secret to this place.
    var associatedData: [UInt8] {
        let place = [source.workspace.rawValue, source.number, number].flatMap {
            BigEndian.bytes(UInt64(bitPattern: $0))
        }
        guard let origin else { return place }
        return place + Array(SHA256.hash(data: Array(origin.utf8)))
    }
}
