extension ObjectKind {
    /// The company that is being onboarded and looked after.
    package static let pivotalCustomer = ObjectKind(
        entityType: "customer",
        name: "Customer",
        members: [
            .fixed("id"),
            .fixed("display_id"),
            ObjectMember("name", .text(least: 1, most: 255), isRequired: true),
            ObjectMember("slug", .text(least: 1, most: 255), isUnique: true),
            ObjectMember("domain", .domain, .clears),
            // The vendor's pages name different ones; all of them are taken.
            ObjectMember("status", .word(["onboarding", "active", "at_risk", "churned", "archived"])),
            ObjectMember("plan", .text(most: 255), .clears),
            ObjectMember("mrr", .safeInteger, .clears),
            ObjectMember("monthly_orders", .safeInteger, .clears),
        ]
            + [
                "hubspot_company_id", "hubspot_deal_id", "stripe_customer_id", "intercom_company_id",
                "slack_channel_id",
            ].map { ObjectMember($0, .text(most: 255), .clears) }
            + [.fixed("created_at"), .fixed("updated_at")]
    )

    /// A person at a customer.
    package static let pivotalContact = ObjectKind(
        entityType: "contact",
        name: "Contact",
        members: [
            .fixed("id"),
            .fixed("display_id"),
            .fixed("customer_id"),
            ObjectMember("name", .text(least: 1, most: 255), isRequired: true),
            ObjectMember("email", .lowercasedEmail, isRequired: true, isUnique: true),
            ObjectMember("title", .text(most: 255), .clears),
            ObjectMember("is_primary", .boolean, usual: "false"),
            ObjectMember("labels", .texts, usual: "[]"),
            .fixed("created_at"),
            .fixed("updated_at"),
        ]
    )

    /// The way of a customer from the contract to the launch.
    package static let pivotalOnboarding = ObjectKind(
        entityType: "onboarding",
        name: "Onboarding",
        members: [
            .fixed("id"),
            .fixed("display_id"),
            .fixed("customer_id"),
            ObjectMember("template_id", .text(most: 255), .clears),
            // The phases of the REST pages, in order, then those that only the pages on webhooks and the product name.
            ObjectMember(
                "phase",
                .word([
                    "before_getting_started", "program_design", "review", "program_buildout", "internal_qa", "launch",
                    "completed", "kickoff", "integration", "uat", "adoption",
                ])
            ),
            // Likewise.
            ObjectMember(
                "state",
                .word(["active", "paused", "at_risk", "waiting", "blocked", "completed", "done"])
            ),
            .fixed("started_at"),
            .fixed("completed_at"),
            ObjectMember("target_launch_date", .moment, .clears),
        ]
            + ["csm_id", "se_id", "designer_id", "product_ops_id"].map { ObjectMember($0, .text(most: 255), .clears) }
            + [
                ObjectMember("notes", .text(), .clears),
                ObjectMember("name", .text(most: 255), .clears),
                ObjectMember("waiting_on_customer", .boolean, usual: "false"),
                ObjectMember("reminders_enabled", .boolean, usual: "false"),
                ObjectMember("reminder_frequency_days", .integer(in: 1...365)),
                .fixed("created_at"),
                .fixed("updated_at"),
            ]
    )
}

extension AttributeForm {
    /// A domain without protocol and path, in lower case.
    fileprivate static let domain = text(
        least: 1,
        most: 255,
        pattern: #"^(?:(?:(?!://)[^\u0000])*://[^/?#\u0000]|(?![^\u0000]*://)[^/?#\u0000])[^\u0000]*$"#
    ) { text in
        TextForm.domain(text).map { .success($0) } ?? .failure(.notADomain)
    }

    /// An e-mail address in lower case.
    fileprivate static let lowercasedEmail = text(most: 255, pattern: TextForm.emailPattern) { text in
        TextForm.isEmail(text) ? .success(text.lowercased()) : .failure(.notAnEmail)
    }

    /// A day or a time.
    fileprivate static let moment = text(
        least: 1,
        most: 255,
        schema: #"{"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "date-time"}]}"#
    ) { text in
        TextForm.moment(text).map { .success($0) } ?? .failure(.notA(.time, received: nil))
    }

    /// A whole number that every client can hold.
    fileprivate static let safeInteger = integer(in: -9_007_199_254_740_991...9_007_199_254_740_991)
}
