/// What `POST /customers/{customerId}/contacts` asks for.
package struct ContactCreation: Sendable {
    /// The attributes given, as a JSON object.
    package let attributes: String

    /// Reads a body; throws the first fault.
    package init(_ body: RequestBody) throws(PivotalError) {
        attributes = try ContactAttributes.read(body, nameAndEmail: .required)
    }
}

/// What `PATCH /contacts/{id}` asks for.
package struct ContactChange: Sendable {
    /// The attributes given, as a JSON object.
    package let attributes: String

    /// Reads a body; throws the first fault.
    package init(_ body: RequestBody) throws(PivotalError) {
        attributes = try ContactAttributes.read(body, nameAndEmail: .optional)
    }
}

private enum ContactAttributes {
    static func read(_ body: RequestBody, nameAndEmail: AttributeReader.Presence) throws(PivotalError) -> String {
        var reader = AttributeReader(body)
        try reader.text("name", nameAndEmail)
        try reader.text("email", nameAndEmail, length: 0...255, form: AttributeForms.email)
        try reader.text("title", .nullable, length: 0...255)
        try reader.boolean("is_primary", .optional)
        try reader.texts("labels", .optional)
        return reader.attributes.text
    }
}
