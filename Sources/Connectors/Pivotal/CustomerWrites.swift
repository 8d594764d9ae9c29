/// What `POST /customers` asks for.
package struct CustomerCreation: Sendable {
    /// The attributes given, as a JSON object.
    package let attributes: String
    /// The slug that the name gives; nil when the name gives none.
    package let derivedSlug: String?

    /// Reads a body; throws the first fault.
    package init(_ body: RequestBody) throws(PivotalError) {
        attributes = try CustomerAttributes.read(body, name: .required)
        guard case .string(let name) = body.members["name"] else {
            throw PivotalError(.missingField, "name is required")
        }
        derivedSlug = Slug.derive(from: name)
    }
}

/// What `PATCH /customers/{id}` asks for.
package struct CustomerChange: Sendable {
    /// The attributes given, as a JSON object.
    package let attributes: String

    /// Reads a body; throws the first fault.
    package init(_ body: RequestBody) throws(PivotalError) {
        attributes = try CustomerAttributes.read(body, name: .optional)
    }
}

private enum CustomerAttributes {
    /// The vendor's pages name different ones; all of them are taken.
    private static let statuses = ["onboarding", "active", "at_risk", "churned", "archived"]

    static func read(_ body: RequestBody, name: AttributeReader.Presence) throws(PivotalError) -> String {
        var reader = AttributeReader(body)
        try reader.text("name", name)
        try reader.text("slug", .optional)
        try reader.text("domain", .nullable, form: AttributeForms.domain)
        try reader.word("status", .optional, of: statuses)
        try reader.text("plan", .nullable, length: 0...255)
        try reader.integer("mrr", .nullable)
        try reader.integer("monthly_orders", .nullable)
        for reference in [
            "hubspot_company_id", "hubspot_deal_id", "stripe_customer_id", "intercom_company_id", "slack_channel_id",
        ] {
            try reader.text(reference, .nullable, length: 0...255)
        }
        return reader.attributes.text
    }
}
