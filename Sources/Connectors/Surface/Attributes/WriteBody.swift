import WebhookSignatures

/// The body of a request that writes to a surface.
package enum WriteBody {
    /// Returns the attributes that a body gives, under the names that documents have, as a JSON object.
    ///
    /// Other members are ignored. Throws `invalid` with every fault, in the order of the attributes.
    package static func read(
        _ bytes: [UInt8],
        _ attributes: [Attribute],
        isWhole: Bool,
        readsEmptyTextAsNull: Bool = false
    ) throws(Refusal) -> String {
        let members = try members(bytes)
        var object = JSONObjectText()
        var faults: [Fault] = []
        for attribute in attributes {
            switch judge(members[attribute.name], attribute, isWhole, readsEmptyTextAsNull) {
            case .success(let text?): object.append(attribute.member, json: text)
            case .success(nil): continue
            case .failure(let cause): faults.append(Fault(.body, attribute.name, cause))
            }
        }
        guard faults.isEmpty else { throw .invalid(faults) }
        return object.text
    }

    private static func members(_ bytes: [UInt8]) throws(Refusal) -> [String: JSONValue] {
        guard let value = try? JSONReader<JSONValue>.read(bytes) else { throw .invalid([Fault(.body, nil, .notJSON)]) }
        guard case .object(let members) = value else { throw .invalid([Fault(.body, nil, .mismatch(.object, value))]) }
        return members
    }

    /// What an attribute writes, as JSON text; nil for nothing.
    private static func judge(
        _ value: JSONValue?,
        _ attribute: Attribute,
        _ isWhole: Bool,
        _ readsEmptyTextAsNull: Bool
    ) -> Result<String?, Fault.Cause> {
        guard let value else { return attribute.isRequired && isWhole ? .failure(.required) : .success(nil) }
        if value == .null || readsEmptyTextAsNull && value.isBlank {
            return switch attribute.null {
            case .clears: .success(attribute.cleared)
            case .ignored where !(attribute.isRequired && isWhole): .success(nil)
            case .refused, .ignored: .failure(.null(attribute.form.expected))
            }
        }
        return attribute.form.judge(value).map { $0 }
    }
}

extension JSONValue {
    fileprivate var isBlank: Bool {
        guard case .string(let text) = self else { return false }
        return text.allSatisfy(\.isWhitespace)
    }
}
