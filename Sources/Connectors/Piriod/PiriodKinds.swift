import EventLog

extension ObjectKind {
    /// A person at a customer.
    package static let piriodContact = ObjectKind(
        entityType: "contact",
        name: "Contact",
        members: [
            ObjectMember("name", .text(most: 64, mayBeBlank: false), isRequired: true),
            ObjectMember("email", .email(), isRequired: true),
            .fixed("id"),
            ObjectMember("customer", .identifier, .clears),
            ObjectMember("orgunit", .identifier, .clears),
            ObjectMember("phone", .text(most: 12), .clears),
            ObjectMember("invoicing", .boolean, usual: "true"),
            ObjectMember("collections", .boolean, usual: "true"),
            .fixed("created"),
            .fixed("updated"),
        ]
    )

    /// The one that is billed.
    package static let piriodCustomer = ObjectKind(
        entityType: "customer",
        name: "Customer",
        members: [
            ObjectMember("name", .text(most: 100, mayBeBlank: false), isRequired: true),
            ObjectMember("address", .text(most: 64), .clears),
            ObjectMember("country", .country, isRequired: true),
            ObjectMember("state", .reference, .clears),
            .fixed("id"),
            ObjectMember("currency", .text(most: 3), .clears),
            ObjectMember("email", .email(), .clears),
            ObjectMember("phone", .text(most: 16), .clears),
            ObjectMember("website", .text(most: 255), .clears),
            ObjectMember("zip_code", .text(most: 16), .clears),
            ObjectMember("manager", .text(most: 64), .clears),
            ObjectMember("reference", .text(most: 64), .clears),
            ObjectMember("tax_id", .text(most: 32), .clears),
            ObjectMember("tax_settings", .object, .clears, usual: "{}"),
            ObjectMember("metadata", .object, .clears, usual: "{}"),
            ObjectMember("send_invoices", .boolean, usual: "true"),
            ObjectMember("send_collections", .boolean, usual: "true"),
            ObjectMember("send_vouchers", .boolean, usual: "true"),
            ObjectMember("status", .word(["active", "archived", "pending"]), usual: "\"active\""),
            .fixed("contacts", usual: "[\(ObjectKind.piriodContact.template)]"),
            .fixed("sources", usual: "[]"),
            .fixed("aggregations", usual: #"{"sales":0,"sales_current_period":0,"balance":0}"#),
            .fixed("test_mode", usual: "false"),
            .fixed("created"),
            .fixed("updated"),
        ]
    )

    /// A part of a customer by which its contacts are grouped.
    package static let piriodOrgunit = ObjectKind(
        entityType: "orgunit",
        name: "Organisation unit",
        members: [
            ObjectMember("customer", .identifier, isRequired: true),
            ObjectMember("name", .text(most: 64, mayBeBlank: false), isRequired: true),
            .fixed("id"),
            .fixed("created"),
            .fixed("updated"),
        ]
    )
}

extension AttributeForm {
    /// A country by its code of two letters; what Piriod tells of it is known of the countries that its pages name.
    fileprivate static let country = AttributeForm(
        expected: .text,
        schema: #"{"type": "string", "pattern": "^[A-Z]{2}$"}"#
    ) { value in
        guard case .string(let id) = value else { return .failure(.mismatch(.text, value)) }
        guard id.utf8.count == 2, id.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
            return .failure(.unknownReference(id))
        }
        var country = JSONObjectText()
        country.append("id", id)
        country.append("name", json: known[id].map { JSONText.quoted($0.name) } ?? "null")
        country.append("code", id)
        country.append("has_regulation", json: known[id] == nil ? "false" : "true")
        country.append("currencies", json: known[id].map { "[\(JSONText.quoted($0.currency))]" } ?? "[]")
        return .success(country.text)
    }

    private static let known = [
        "CL": (name: "Chile", currency: "CLP"), "CO": (name: "Colombia", currency: "COP"),
        "MX": (name: "Mexico", currency: "MXN"),
    ]
}
