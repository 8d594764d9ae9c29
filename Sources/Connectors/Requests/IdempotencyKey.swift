/// The key under which a client may repeat a request that creates something.
package enum IdempotencyKey {
    /// The name of the header field.
    package static let header = "Idempotency-Key"
    private static let longest = 255

    /// Reads the values of the header field; nil when there is none.
    ///
    /// Throws `invalid` for several, for an empty one and beyond 255 bytes.
    package static func read(_ values: [String]) throws(Refusal) -> String? {
        guard let key = values.first else { return nil }
        guard values.count == 1 else {
            throw .header(header, .repeated)
        }
        guard !key.isEmpty else {
            throw .header(header, .tooShort(1))
        }
        guard key.utf8.count <= longest else {
            throw .header(header, .tooLong(longest))
        }
        return key
    }
}
