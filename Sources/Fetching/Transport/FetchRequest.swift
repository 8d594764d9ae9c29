/// A GET of an object.
struct FetchRequest: Sendable, Hashable {
    let url: String
    /// Names and values; the token is among them, so they must not be logged.
    let headers: [Header]
    /// The most bytes of a body that are read.
    let bodyLimit: Int

    /// A header field.
    struct Header: Sendable, Hashable {
        let name: String
        let value: String
    }
}
