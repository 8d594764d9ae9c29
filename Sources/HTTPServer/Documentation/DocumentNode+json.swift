import WebhookSignatures

extension DocumentNode: JSONRepresentable {
    /// Reads a JSON text; nil when it is not one, or is nested too deep.
    package init?(json: String) {
        guard let value = try? JSONReader<DocumentNode>.read(Array(json.utf8)) else { return nil }
        self = value
    }

    package static func object(members: [(name: String, value: DocumentNode)]) -> DocumentNode {
        .object(members.map { Member(name: $0.name, value: $0.value) })
    }
}
