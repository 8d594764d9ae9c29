/// What a body may say of one member of an object.
package struct Attribute: Sendable {
    /// What null means.
    package enum Null: Sendable {
        case refused
        /// It clears the member.
        case clears
        /// As if nothing had been said.
        case ignored
    }

    /// The name in bodies.
    package let name: String
    /// The name in documents.
    package let member: String
    package let form: AttributeForm
    package let null: Null
    /// Whether a new object needs it.
    package let isRequired: Bool
    /// Whether another object may not have the same.
    package let isUnique: Bool
    /// The kind of the object that it names, if there must be such.
    package let named: ObjectKind?
    /// What a document has once null cleared it, as JSON text.
    package let cleared: String

    /// Creates an attribute; the member has the same name unless stated.
    package init(
        _ name: String,
        _ form: AttributeForm,
        _ null: Null = .refused,
        isRequired: Bool = false,
        isUnique: Bool = false,
        named: ObjectKind? = nil,
        member: String? = nil,
        cleared: String = "null"
    ) {
        self.name = name
        self.member = member ?? name
        self.form = form
        self.null = null
        self.isRequired = isRequired
        self.isUnique = isUnique
        self.named = named
        self.cleared = cleared
    }
}
