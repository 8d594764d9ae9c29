/// The body of a request that writes: one JSON object.
package struct RequestBody: Sendable {
    let members: [String: JSONValue]

    /// Reads the bytes of a body; whatever Content-Type says, they are JSON.
    ///
    /// Throws `invalid_json` for what is not JSON in UTF-8, `invalid_type` for JSON that is not an object.
    package init(_ bytes: [UInt8]) throws(PivotalError) {
        let value: JSONValue
        do throws(JSONSyntaxError) {
            value = try JSONReader<JSONValue>.read(bytes)
        } catch {
            throw .invalidJSON
        }
        guard case .object(let members) = value else {
            throw PivotalError(.invalidType, "Expected object, received \(value.typeName)")
        }
        self.members = members
    }
}
