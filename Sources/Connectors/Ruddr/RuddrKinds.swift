extension ObjectKind {
    /// A person tied to a client, a company or an opportunity.
    package static let ruddrContact = ObjectKind(
        entityType: "contact",
        name: "Contact",
        members: [
            .fixed("id"),
            ObjectMember("firstName", .text(most: 127)),
            ObjectMember("lastName", .text(most: 127)),
            ObjectMember("name", .text(most: 255)),
            ObjectMember("email", .text(most: 255), isRequired: true, isUnique: true),
            ObjectMember("title", .text(most: 255), .clears),
            ObjectMember("description", .text(most: 5000), .clears),
            ObjectMember("officePhone", .text(most: 255), .clears),
            ObjectMember("mobilePhone", .text(most: 255), .clears),
            ObjectMember("fax", .text(most: 255), .clears),
            ObjectMember("websiteUrl", .text(most: 255), .clears),
            .fixed("createdAt"),
            .fixed("createdBy"),
            ObjectMember("ownerId", .identifier, .clears),
            ObjectMember("timeZoneId", .identifier, .clears),
            ObjectMember("tags", .references, .clears, usual: "[]", writtenAs: "tagIds"),
            .fixed("salesforceId"),
            .fixed("hubspotId"),
        ]
    )

    /// The customer that is billed.
    package static let ruddrClient = ObjectKind(
        entityType: "client",
        name: "Client",
        members: [
            .fixed("id"),
            ObjectMember("key", .slug, .ignored, isUnique: true),
            ObjectMember("name", .text(most: 255), isRequired: true),
            ObjectMember("code", .text(most: 255), .clears),
            ObjectMember("currency", .text(most: 255), .clears),
            ObjectMember("notes", .text(), .clears),
            ObjectMember("emails", .texts, .clears, usual: "[]"),
            ObjectMember("streetAddress", .text(), .clears),
            ObjectMember(
                "invoiceDetailsSource",
                .word(["workspace", "custom", "business_unit"]),
                usual: "\"workspace\""
            ),
            ObjectMember("invoiceSubject", .text(), .clears),
            ObjectMember("invoiceNotes", .text(), .clears),
            ObjectMember("invoiceEmailSubject", .text(), .clears),
            ObjectMember("invoiceEmailBody", .text(), .clears),
            .fixed("isInternal", usual: "false"),
            ObjectMember("recordStatusId", .word(["active", "archived"]), usual: "\"active\""),
            .fixed("createdAt"),
            named("practice"),
            named("owner"),
            named("invoicePaymentTerm"),
            named("salesRepresentative"),
            named("businessUnit"),
            ObjectMember("tags", .references, .clears, usual: "[]", writtenAs: "tagIds"),
            .fixed("useWorkspaceInvoiceDetails", usual: "true"),
        ]
    )

    /// An account of the sales pipeline.
    package static let ruddrCompany = ObjectKind(
        entityType: "company",
        name: "Company",
        members: [
            .fixed("id"),
            ObjectMember("name", .text(most: 255), isRequired: true),
            ObjectMember("isActive", .boolean, usual: "true"),
            .fixed("createdAt"),
            .fixed("modifiedAt"),
        ]
            + [
                "description", "billingAddress", "shippingAddress", "currency", "facebookUrl", "linkedinUrl",
                "twitterUrl", "websiteUrl", "ownershipClass", "phoneNumber", "tickerSymbol",
            ].map { ObjectMember($0, .text(most: 5000), .clears) }
            + ["numberOfEmployees", "revenue", "yearFounded"].map { ObjectMember($0, .number, .clears) }
            + [
                "companySpendTier", "companyType", "industry", "owner", "practice", "sicCode", "timeZone",
            ].map(named)
    )

    /// A tag that contacts may bear.
    package static let ruddrContactTag = ObjectKind(
        entityType: "contact_tag",
        name: "Contact tag",
        members: [.fixed("id"), ObjectMember("name", .text(most: 255), isRequired: true), .fixed("createdAt")]
    )

    /// Something that is written by its id and shown with its name.
    private static func named(_ name: String) -> ObjectMember {
        ObjectMember(name, .reference, .clears, writtenAs: name + "Id")
    }
}

extension AttributeForm {
    /// Lower-case letters, digits and hyphens, which stand at neither end.
    fileprivate static let slug = text(
        most: 255,
        mayBeBlank: false,
        pattern: "^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$"
    ) { text in
        let isSlug = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        return isSlug && !text.hasPrefix("-") && !text.hasSuffix("-") ? .success(text) : .failure(.notASlug)
    }
}
