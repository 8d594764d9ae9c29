/// A GET of an object.
package struct FetchRequest: Sendable {
    /// The address.
    package let url: String
    /// Names and values; the token is among them, so they must not be logged.
    package let headers: [(name: String, value: String)]
    /// The most bytes of a body that are read.
    package let bodyLimit: Int

    /// Creates a request.
    package init(url: String, headers: [(name: String, value: String)], bodyLimit: Int) {
        self.url = url
        self.headers = headers
        self.bodyLimit = bodyLimit
    }
}
