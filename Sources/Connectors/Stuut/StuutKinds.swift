extension ObjectKind {
    /// A person of one's own organisation, such as a customer success manager.
    package static let stuutInternalContact = ObjectKind(
        entityType: "internal_contact",
        name: "Internal contact",
        members: [
            .fixed("created_at"),
            .fixed("modified_at"),
            .fixed("id"),
            ObjectMember("email", .text(mayBeBlank: false), .ignored, isRequired: true, isUnique: true),
            ObjectMember("given_name", .text(), .clears),
            ObjectMember("family_name", .text(), .clears),
            ObjectMember("name", .text(), .clears),
            ObjectMember("phone", .phone, .clears),
            ObjectMember("job_title", .text(), .clears),
            .fixed("object", usual: "\"internal_contact\""),
        ]
    )

    /// What an internal contact is to a partner, or to none yet.
    package static let stuutAssignment = ObjectKind(
        entityType: "internal_contact_assignment",
        name: "Internal contact assignment",
        members: [
            .fixed("id"),
            .fixed("created_at"),
            .fixed("modified_at"),
            ObjectMember("internal_role", .internalRole, isRequired: true),
            .fixed("partner_id"),
            .fixed("remote_id"),
            .fixed("internal_contact", usual: ObjectKind.stuutInternalContact.template),
            .fixed("object", usual: "\"internal_contact_assignment\""),
        ]
    )

    /// The customer that owes.
    package static let stuutPartner = ObjectKind(
        entityType: "partner",
        name: "Partner",
        members: [
            .fixed("id"),
            ObjectMember("name", .text(mayBeBlank: false), isRequired: true),
            .fixed("object", usual: "\"partner\""),
            .fixed("organization_id"),
            ObjectMember("remote_id", .text(), .clears),
            ObjectMember("account_number", .text(), .clears),
            ObjectMember("type", .text(), usual: "\"customer\""),
            .fixed("invoice_balance", usual: "0"),
            .fixed("total_overdue", usual: "0"),
            .fixed("num_open_invoices", usual: "0"),
            .fixed("last_inbound_at"),
            ObjectMember("is_call_outreach_manually_paused", .boolean, usual: "false"),
            ObjectMember("is_contact_enrichment_enabled", .boolean, usual: "false"),
            ObjectMember("is_email_outreach_manually_paused", .boolean, usual: "false"),
            .fixed("ap_portals", usual: "[]"),
            .fixed("assignee"),
            .fixed("created_at"),
            .fixed("modified_at"),
        ]
    )

    /// A person at a partner.
    package static let stuutPartnerContact = ObjectKind(
        entityType: "partner_contact",
        name: "Contact",
        members: [
            ObjectMember("email", .text(mayBeBlank: false), .ignored, isRequired: true),
            .fixed("object", usual: "\"partner_contact\""),
            .fixed("partner_id"),
            .fixed("id"),
            .fixed("address"),
            .fixed("address_id"),
            .fixed("addresses", usual: "[]"),
            .fixed("created_at"),
            ObjectMember("custom_fields", .object, .clears),
            ObjectMember("external_role", .text(), .clears),
            ObjectMember("family_name", .text(), .clears),
            ObjectMember("given_name", .text(), .clears),
            ObjectMember("internal_role", .text(), .clears),
        ]
            + [
                "is_email_disabled", "is_phone_disabled", "is_primary", "is_primary_email", "is_primary_phone",
            ].map { ObjectMember($0, .boolean, usual: "false") }
            + [
                ObjectMember("job_title", .text(), .clears),
                .fixed("modified_at"),
                ObjectMember("name", .text(), .clears),
                ObjectMember("phone", .phone, .clears),
                .fixed("remote_created_at"),
                ObjectMember("remote_id", .text(), .clears),
                ObjectMember("remote_metadata", .object, .clears),
                .fixed("remote_modified_at"),
                .fixed("status_metadata"),
            ]
    )
}

extension [Attribute] {
    /// A person and the role that the person is given.
    static let stuutAssignmentCreation =
        ObjectKind.stuutInternalContact.attributes + ObjectKind.stuutAssignment.attributes
}

extension AttributeForm {
    fileprivate static let internalRole = word([
        "account_manager", "account_executive", "csm", "lead", "co_lead", "practice_lead",
    ])

    /// A phone number; an international one in E.164, any other text as it is.
    fileprivate static let phone = text(most: .max, mayBeBlank: true) { .success(e164($0) ?? $0) }

    private static func e164(_ text: String) -> String? {
        let kept = text.filter { !" -.()/\u{A0}".contains($0) }
        let digits = kept.hasPrefix("+") ? kept.dropFirst() : kept.hasPrefix("00") ? kept.dropFirst(2) : ""
        guard (7...15).contains(digits.count), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            !digits.hasPrefix("0")
        else { return nil }
        return "+" + digits
    }
}
