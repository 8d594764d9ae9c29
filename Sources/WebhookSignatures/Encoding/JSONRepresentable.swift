/// What ``JSONReader`` can make of a JSON text.
package protocol JSONRepresentable {
    static var null: Self { get }
    static func boolean(_ value: Bool) -> Self
    /// A number as it is written.
    static func number(_ spelling: String) -> Self
    static func string(_ text: String) -> Self
    static func array(_ elements: [Self]) -> Self
    /// An object with its members in the order of the text, also those that bear one name.
    static func object(members: [(name: String, value: Self)]) -> Self
}
