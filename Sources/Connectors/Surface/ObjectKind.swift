/// A kind of objects as a vendor's surface has it.
package struct ObjectKind: Sendable {
    /// The type in events and tables, such as `contact_tag`.
    package let entityType: String
    /// What people call it, such as `Contact tag`.
    package let name: String
    /// What an object shows, in the order of the vendor's pages.
    package let members: [ObjectMember]

    /// The most bytes an id has: longer ones are stored as their hash.
    package static let longestID = 255

    /// Whether a text can be the id of an object.
    package static func isID(_ text: String) -> Bool {
        (1...longestID).contains(text.utf8.count) && !text.utf8.contains(0)
    }

    /// What may be written.
    package var attributes: [Attribute] { members.compactMap(\.attribute) }

    /// The members with what stands in for those that a document lacks, as a JSON object.
    package var template: String {
        var object = JSONObjectText()
        for member in members { object.append(member.name, json: member.usual) }
        return object.text
    }
}

/// A member of the objects of a kind, and how it is written if it can be.
package struct ObjectMember: Sendable {
    /// The name in documents and answers.
    package let name: String
    /// What stands in for a value that a document lacks, as JSON text; `[{…}]` is a list whose elements look like that.
    package let usual: String
    /// How it is written; nil for what the server alone sets.
    package let attribute: Attribute?

    /// Creates a member that is written under its own name, or under `writtenAs`.
    package init(
        _ name: String,
        _ form: AttributeForm,
        _ null: Attribute.Null = .refused,
        isRequired: Bool = false,
        isUnique: Bool = false,
        usual: String = "null",
        writtenAs attribute: String? = nil
    ) {
        self.name = name
        self.usual = usual
        self.attribute = Attribute(
            name: attribute ?? name,
            member: name,
            form: form,
            null: null,
            isRequired: isRequired,
            isUnique: isUnique,
            cleared: usual
        )
    }

    private init(_ name: String, usual: String) {
        self.name = name
        self.usual = usual
        attribute = nil
    }

    /// A member that cannot be written.
    package static func fixed(_ name: String, usual: String = "null") -> ObjectMember {
        ObjectMember(name, usual: usual)
    }
}
