import HTTPServer
import Testing

/// The document is sound in itself.
struct APIDocumentTests {
    private let document = APIDocument.served

    /// Every node of the document.
    private func nodes(_ node: DocumentNode) -> [DocumentNode] {
        [node] + node.elements.flatMap(nodes) + node.members.flatMap { nodes($0.value) }
    }

    @Test func versionIsStated() {
        #expect(document.root["openapi"] == .string("3.1.0"))
        #expect(document.root["info"]?["title"] == .string("Hooklog"))
    }

    @Test func everyReferenceLeadsSomewhere() {
        let references = nodes(document.root).filter { $0["$ref"] != nil }
        #expect(references.count > 100)
        for reference in references {
            #expect(document.resolved(reference) != .null, "\(reference.compact)")
        }
    }

    @Test func everythingNamedIsUsed() {
        let used = Set(nodes(document.root).compactMap { $0["$ref"]?.text })
        for kind in ["schemas", "parameters", "responses", "headers"] {
            for component in document.root["components"]?[kind]?.members ?? [] {
                #expect(used.contains("#/components/\(kind)/\(component.name)"), "\(component.name)")
            }
        }
    }

    @Test func everyOperationIsDescribed() {
        let tags = Set((document.root["tags"]?.elements ?? []).compactMap { $0["name"]?.text })
        #expect(Set(document.operations.map(\.id)).count == document.operations.count)
        for operation in document.operations {
            #expect(!operation.id.isEmpty && !operation.summary.isEmpty, "\(operation.method) \(operation.path)")
            #expect(tags.contains(operation.tag), "\(operation.id)")
            #expect(operation.responses.first?.name.hasPrefix("2") == true, "\(operation.id)")
            #expect(operation.responses.allSatisfy { $0.value["description"]?.text != nil }, "\(operation.id)")
            let names = operation.parameters.filter { $0["in"] == .string("path") }.compactMap { $0["name"]?.text }
            #expect(operation.path.matches(of: /\{(.*?)\}/).map { String($0.1) } == names, "\(operation.id)")
        }
    }

    @Test func everyKeyedOperationSaysHowItRefusesAKey() {
        for operation in document.operations where operation.needsKey {
            let statuses = operation.responses.map(\.name)
            #expect(statuses.contains("401") && statuses.contains("429") && statuses.contains("503"), "\(operation.id)")
        }
        #expect(
            document.operations.filter { !$0.needsKey }.map(\.path).sorted() == [
                "/api/v1/health", "/docs", "/openapi.json", "/webhooks/{source_id}",
            ]
        )
    }

    @Test func examplesAreWhatTheirSchemasSay() {
        let validator = SchemaValidator(document: document)
        var count = 0
        for node in nodes(document.root) {
            guard let schema = node["schema"] else { continue }
            let named = (node["examples"]?.members ?? []).compactMap { $0.value["value"] }
            for example in (node["example"].map { [$0] } ?? []) + named {
                count += 1
                #expect(validator.findings(example, schema) == [], "\(example.compact)")
            }
        }
        #expect(count > 60)
    }
}
