/// A GET of an object.
package struct FetchRequest: Sendable, Hashable {
    /// The address.
    package let url: String
    /// Names and values; the token is among them, so they must not be logged.
    package let headers: [Header]
    /// The most bytes of a body that are read.
    package let bodyLimit: Int

    /// A header field.
    package struct Header: Sendable, Hashable {
        package let name: String
        package let value: String

        /// Creates a field.
        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Creates a request.
    package init(url: String, headers: [Header], bodyLimit: Int) {
        self.url = url
        self.headers = headers
        self.bodyLimit = bodyLimit
    }
}
