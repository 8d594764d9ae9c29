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
    package var null = Null.refused
    /// Whether a new object needs it.
    package var isRequired = false
    /// Whether another object may not have the same.
    package var isUnique = false
    /// The kind of the object that it names, if there must be such.
    package var named: ObjectKind?
    /// What a document has once null cleared it, as JSON text.
    package var cleared = "null"
}
