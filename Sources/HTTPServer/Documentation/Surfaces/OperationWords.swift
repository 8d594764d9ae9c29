import Connectors

/// What an operation of a surface is called.
struct OperationWords {
    let operation: SurfaceOperation

    /// The name for programs, after the vendor's: `ListCustomerContacts`.
    var id: String {
        let kinds = [operation.parent?.kind.name, operation.isList ? Self.plural(kind) : kind]
        return switch operation.act {
        case .tellHealth: "GetHealth"
        case .describeKey: "GetIdentity"
        case .describeWorkspace: "GetWorkspace"
        default: verb.id + kinds.compactMap(\.self).map(Self.joined).joined()
        }
    }

    /// A few words for people: `List a customer's contacts`.
    var summary: String {
        let lowercased = kind.lowercased()
        let parent = operation.parent.map { "\(Self.article($0.kind.name.lowercased()))'s " }
        return switch operation.act {
        case .tellHealth: "Liveness probe"
        case .describeKey: "Get the current identity"
        case .describeWorkspace: "Get the workspace"
        default:
            operation.isList
                ? "\(verb.text) \(parent ?? "")\(Self.plural(lowercased))"
                : "\(verb.text) \(parent.map { $0 + lowercased } ?? Self.article(lowercased))"
        }
    }

    private var kind: String { operation.kind.name }

    private var verb: (id: String, text: String) {
        switch operation.act {
        case .create: ("Create", "Create")
        case .update: ("Update", "Update")
        case .replace: ("Replace", "Replace")
        case .delete: ("Delete", "Delete")
        default: operation.isList ? ("List", "List") : ("Get", "Retrieve")
        }
    }

    /// Words as one, as the names of schemas are: `ContactTag`.
    static func joined(_ words: String) -> String {
        words.split(separator: " ").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    }

    private static func plural(_ noun: String) -> String {
        noun.hasSuffix("y") ? noun.dropLast() + "ies" : noun + "s"
    }

    private static func article(_ noun: String) -> String {
        ("aeio".contains(noun.first ?? " ") ? "an " : "a ") + noun
    }
}
