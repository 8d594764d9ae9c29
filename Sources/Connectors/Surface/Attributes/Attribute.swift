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
    /// What a document has once null cleared it, as JSON text.
    package let cleared: String

    /// Creates an attribute; the member has the same name unless stated.
    package init(
        _ name: String,
        _ form: AttributeForm,
        _ null: Null = .refused,
        isRequired: Bool = false,
        member: String? = nil,
        cleared: String = "null"
    ) {
        self.name = name
        self.member = member ?? name
        self.form = form
        self.null = null
        self.isRequired = isRequired
        self.cleared = cleared
    }
}
