/// What `GET /v1/people` asks for: the same human across systems, by e-mail address.
package struct PeopleListRequest: Hashable, Sendable {
    /// The most people of the page.
    package let limit: Int32
    /// The address where the page before ended; nil for the first page.
    package let cursor: String?
    /// The whole e-mail address, in any case; nil is any.
    package let email: String?
    /// A part of the address or of a name, in any case; nil is any.
    package let text: String?
    /// A system that knows them; nil is any.
    package let system: String?

    /// Reads `limit` (1 to 100), `cursor`, `email`, `q` and `source`.
    ///
    /// Throws `invalid` with the first fault.
    package init(_ items: QueryItems) throws(Refusal) {
        limit = try items.integer("limit", in: 1...100).map { Int32($0) } ?? PageRequest.defaultLimit
        cursor = try items.filter("cursor")
        email = try Self.email(items)
        text = try items.filter("q")
        system = try items.system()
    }

    /// Who asks for the person of an empty address has lost the address on the way, and must not be told of everybody.
    private static func email(_ items: QueryItems) throws(Refusal) -> String? {
        let address = try items.address("email")
        let isBlank = address?.unicodeScalars.allSatisfy(\.properties.isWhitespace) ?? true
        guard !isBlank || items.all("email").isEmpty else {
            throw .query("email", .tooShort(1))
        }
        return address
    }
}
