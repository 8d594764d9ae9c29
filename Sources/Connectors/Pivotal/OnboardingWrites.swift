/// What `POST /onboardings` asks for.
package struct OnboardingCreation: Sendable {
    /// The customer that it is for.
    package let customer: ResourceIdentifier
    /// The other attributes given, as a JSON object.
    package let attributes: String

    /// Reads a body; throws the first fault.
    package init(_ body: RequestBody) throws(PivotalError) {
        customer = try AttributeReader(body).identifier("customer_id")
        attributes = try OnboardingAttributes.read(body)
    }
}

/// What `PATCH /onboardings/{id}` asks for.
package struct OnboardingChange: Sendable {
    /// The attributes given, as a JSON object.
    package let attributes: String

    /// Reads a body; throws the first fault.
    package init(_ body: RequestBody) throws(PivotalError) {
        attributes = try OnboardingAttributes.read(body)
    }
}

private enum OnboardingAttributes {
    /// The phases of the REST pages, in order, then those that only the pages on webhooks and the product name.
    private static let phases = [
        "before_getting_started", "program_design", "review", "program_buildout", "internal_qa", "launch", "completed",
        "kickoff", "integration", "uat", "adoption",
    ]
    /// Likewise.
    private static let states = ["active", "paused", "at_risk", "waiting", "blocked", "completed", "done"]

    static func read(_ body: RequestBody) throws(PivotalError) -> String {
        var reader = AttributeReader(body)
        try reader.text("template_id", .nullable, length: 0...255)
        try reader.word("phase", .optional, of: phases)
        try reader.word("state", .optional, of: states)
        try reader.text("target_launch_date", .nullable, form: AttributeForms.moment)
        for role in ["csm_id", "se_id", "designer_id", "product_ops_id"] {
            try reader.text(role, .nullable, length: 0...255)
        }
        try reader.text("notes", .nullable, length: 0...Int.max)
        try reader.text("name", .nullable, length: 0...255)
        try reader.boolean("waiting_on_customer", .optional)
        try reader.boolean("reminders_enabled", .optional)
        try reader.integer("reminder_frequency_days", .optional, in: 1...365)
        return reader.attributes.text
    }
}
