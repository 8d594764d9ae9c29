import Foundation
import HTTPServer

/// Judges values by the part of JSON Schema that the API's document uses.
///
/// A keyword that it does not know is a finding of its own, so that none is passed over.
struct SchemaValidator {
    let document: APIDocument

    private static let annotations: Set = ["description", "default", "example", "examples"]

    /// What is wrong with a value, one sentence each; none when it is valid.
    func findings(_ value: DocumentNode, _ schema: DocumentNode, at place: String = "$") -> [String] {
        if schema["$ref"] != nil { return findings(value, document.resolved(schema), at: place) }
        return schema.members.flatMap { keyword in
            finding(value, keyword.name, keyword.value, schema).map { $0.map { "\(place): \($0)" } }
                ?? nested(value, keyword.name, keyword.value, place)
        }
    }

    private func nested(_ value: DocumentNode, _ keyword: String, _ rule: DocumentNode, _ place: String) -> [String] {
        switch keyword {
        case "properties":
            rule.members.flatMap { property in
                value[property.name].map { findings($0, property.value, at: "\(place).\(property.name)") } ?? []
            }
        case "items":
            value.elements.enumerated().flatMap { findings($0.element, rule, at: "\(place)[\($0.offset)]") }
        default: []
        }
    }

    /// What one keyword finds wrong with the value itself.
    private func finding(
        _ value: DocumentNode,
        _ keyword: String,
        _ rule: DocumentNode,
        _ schema: DocumentNode
    ) -> [String]? {
        switch keyword {
        case "type": isOfType(value, rule) ? nil : ["\(value.compact) is not \(rule.compact)"]
        case "required":
            rule.elements.compactMap(\.text).filter { value[$0] == nil && isObject(value) }.map { "\($0) is missing" }
                .nonEmpty
        case "enum": rule.elements.contains(value) ? nil : ["\(value.compact) is none of \(rule.compact)"]
        case "const": rule == value ? nil : ["\(value.compact) is not \(rule.compact)"]
        case "minimum", "maximum": isWithin(value, keyword, rule) ? nil : ["\(value.compact) is beyond \(rule.compact)"]
        case "minLength", "maxLength": isWithin(length(value), keyword, rule) ? nil : ["it is too long or too short"]
        case "format": hasFormat(value, rule.text) ? nil : ["\(value.compact) is no \(rule.compact)"]
        case "pattern": matches(value, rule) ? nil : ["\(value.compact) does not match \(rule.compact)"]
        case "anyOf":
            rule.elements.contains { findings(value, $0).isEmpty }
                ? nil : ["\(value.compact) is none of \(rule.compact)"]
        case "allOf": rule.elements.flatMap { findings(value, $0) }.nonEmpty
        case "properties", "items": nil
        default: Self.annotations.contains(keyword) ? nil : ["the keyword \(keyword) is not known"]
        }
    }

    private func isObject(_ value: DocumentNode) -> Bool {
        if case .object = value { true } else { false }
    }

    private func isOfType(_ value: DocumentNode, _ rule: DocumentNode) -> Bool {
        let types = rule.text.map { [$0] } ?? rule.elements.compactMap(\.text)
        return switch value {
        case .null: types.contains("null")
        case .boolean: types.contains("boolean")
        case .string: types.contains("string")
        case .array: types.contains("array")
        case .object: types.contains("object")
        case .number(let spelling):
            types.contains("number") || types.contains("integer") && spelling.allSatisfy { $0.isNumber || $0 == "-" }
        }
    }

    private func length(_ value: DocumentNode) -> DocumentNode {
        value.text.map { .number("\($0.unicodeScalars.count)") } ?? .null
    }

    private func isWithin(_ value: DocumentNode, _ keyword: String, _ rule: DocumentNode) -> Bool {
        guard case .number(let spelling) = value, let number = Double(spelling), let limit = Double(rule.compact) else {
            return true
        }
        return keyword.hasPrefix("min") ? number >= limit : number <= limit
    }

    private func hasFormat(_ value: DocumentNode, _ format: String?) -> Bool {
        guard let text = value.text else { return true }
        return switch format {
        case "date-time":
            text.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)/) != nil
        case "date": text.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil
        case "uuid": UUID(uuidString: text) != nil
        case "email": text.wholeMatch(of: /[^@\s]+@[^@\s]+/) != nil
        default: false
        }
    }

    private func matches(_ value: DocumentNode, _ rule: DocumentNode) -> Bool {
        guard let text = value.text, let pattern = rule.text, let regex = try? Regex(pattern) else {
            return value.text == nil
        }
        return text.firstMatch(of: regex) != nil
    }
}

extension [String] {
    fileprivate var nonEmpty: [String]? { isEmpty ? nil : self }
}
