import WebhookSignatures
import Yams

extension DocumentNode: JSONRepresentable {
    /// Reads a JSON text; nil when it is not one, or is nested too deep.
    package init?(json: String) {
        guard let value = try? JSONReader<DocumentNode>.read(Array(json.utf8)) else { return nil }
        self = value
    }

    package static func object(members: [(name: String, value: DocumentNode)]) -> DocumentNode {
        .object(members.map { Member(name: $0.name, value: $0.value) })
    }

    /// Reads a YAML text; nil when it is not one.
    ///
    /// What is not quoted is a number, a boolean or null if it is one in JSON, and else a string.
    package init?(yaml: String) {
        guard let node = try? Yams.compose(yaml: yaml, .basic) else { return nil }
        self.init(node)
    }

    private init(_ node: Node) {
        switch node {
        case .scalar(let scalar):
            let value = scalar.style == .plain ? DocumentNode(json: scalar.string) : nil
            self = value ?? .string(scalar.string)
        case .sequence(let elements):
            self = .array(elements.map { DocumentNode($0) })
        case .mapping(let members):
            self = .object(members.map { Member(name: $0.key.scalar?.string ?? "", value: DocumentNode($0.value)) })
        case .alias:
            // What was composed has in its place what it stands for.
            self = .null
        }
    }
}
