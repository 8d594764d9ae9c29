/// The key under which a client may repeat a request that creates something.
package enum IdempotencyKey {
    /// The name of the header field.
    package static let header = "Idempotency-Key"
    private static let longest = 255

    /// Reads the values of the header field; nil when there is none.
    ///
    /// Throws `invalid_type` for several, `too_small` for an empty one, `too_big` beyond 255 bytes.
    package static func read(_ values: [String]) throws(PivotalError) -> String? {
        guard let key = values.first else { return nil }
        guard values.count == 1 else {
            throw PivotalError(.invalidType, "Expected string, received array", field: header)
        }
        guard !key.isEmpty else {
            throw PivotalError(.tooSmall, "String must contain at least 1 character(s)", field: header)
        }
        guard key.utf8.count <= longest else {
            throw PivotalError(.tooBig, "String must contain at most \(longest) byte(s)", field: header)
        }
        return key
    }
}
