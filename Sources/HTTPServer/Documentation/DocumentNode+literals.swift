extension DocumentNode: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    /// A string.
    package init(stringLiteral value: String) { self = .string(value) }

    /// A number.
    package init(integerLiteral value: Int64) { self = .number("\(value)") }

    /// A boolean.
    package init(booleanLiteral value: Bool) { self = .boolean(value) }

    /// An array.
    package init(arrayLiteral elements: DocumentNode...) { self = .array(elements) }

    /// An object; its members keep their order.
    package init(dictionaryLiteral members: (String, DocumentNode)...) {
        self = .object(members.map { Member(name: $0.0, value: $0.1) })
    }

    /// The object with a member more, in the place of one that has its name; without a value it is the same.
    func adding(_ name: String, _ value: DocumentNode?) -> DocumentNode {
        var members = members
        guard let value else { return self }
        if let known = members.firstIndex(where: { $0.name == name }) {
            members[known] = Member(name: name, value: value)
        } else {
            members.append(Member(name: name, value: value))
        }
        return .object(members)
    }

    /// The members of two objects, in turn those of members that both have; what is no object gives way to the other.
    func merged(with other: DocumentNode) -> DocumentNode {
        guard case .object = self, case .object(let members) = other else { return other }
        return members.reduce(self) { $0.adding($1.name, ($0[$1.name] ?? .null).merged(with: $1.value)) }
    }

    /// The value with every object in it replaced, the innermost first.
    func mappingObjects(_ replacement: (DocumentNode) -> DocumentNode) -> DocumentNode {
        switch self {
        case .array(let elements): .array(elements.map { $0.mappingObjects(replacement) })
        case .object(let members):
            replacement(
                .object(members.map { Member(name: $0.name, value: $0.value.mappingObjects(replacement)) })
            )
        case .null, .boolean, .number, .string: self
        }
    }

    /// A reference to a component of the document.
    static func reference(_ part: String, _ name: String) -> DocumentNode {
        ["$ref": .string("#/components/\(part)/\(name)")]
    }
}
