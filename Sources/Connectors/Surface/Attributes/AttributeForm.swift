import EventLog

/// Judges the value of an attribute that is not null, and gives it the form in which documents have it.
package struct AttributeForm: Sendable {
    /// What the value should be.
    let expected: Fault.Expected
    /// The same as a JSON schema.
    package let schema: String
    /// The value as documents have it, as JSON text, or what is wrong with it.
    let judge: @Sendable (JSONValue) -> Result<String, Fault.Cause>
}

extension AttributeForm {
    /// A text of at least and at most so many characters; `mayBeBlank` says whether blanks alone will do.
    package static func text(least: Int = 0, most: Int = .max, mayBeBlank: Bool = true) -> AttributeForm {
        text(least: least, most: most, mayBeBlank: mayBeBlank) { .success($0) }
    }

    /// An e-mail address, as it is written.
    package static func email(most: Int = 255) -> AttributeForm {
        text(most: most, mayBeBlank: false, pattern: TextForm.emailPattern) {
            TextForm.isEmail($0) ? .success($0) : .failure(.notAnEmail)
        }
    }

    /// One of several words.
    package static func word(_ words: [String]) -> AttributeForm {
        let quoted = words.map { JSONText.quoted($0) }.joined(separator: ", ")
        return AttributeForm(expected: .text, schema: "{\"type\": \"string\", \"enum\": [\(quoted)]}") { value in
            guard case .string(let text) = value else { return .failure(.mismatch(.text, value)) }
            guard words.contains(text) else { return .failure(.notOneOf(words, given: text)) }
            return .success(JSONText.quoted(text))
        }
    }

    /// A text in a form of its own, or what is wrong with it; `pattern` or `schema` is what that form is to a JSON schema.
    static func text(
        least: Int = 0,
        most: Int,
        mayBeBlank: Bool = true,
        pattern: String? = nil,
        schema given: String? = nil,
        _ form: @escaping @Sendable (String) -> Result<String, Fault.Cause>
    ) -> AttributeForm {
        var schema = JSONObjectText()
        schema.append("type", "string")
        if least > 0 { schema.append("minLength", json: "\(least)") }
        if most < .max { schema.append("maxLength", json: "\(most)") }
        schema.append("pattern", pattern ?? (mayBeBlank ? #"^[^\u0000]*$"# : #"^[^\u0000]*[^\s\u0000][^\u0000]*$"#))
        return AttributeForm(expected: .text, schema: given ?? schema.text) { value in
            guard case .string(let text) = value else { return .failure(.mismatch(.text, value)) }
            guard !text.utf8.contains(0) else { return .failure(.unreadable) }
            let count = text.unicodeScalars.count
            guard count >= least else { return .failure(.tooShort(least)) }
            guard mayBeBlank || text.contains(where: { !$0.isWhitespace }) else { return .failure(.blank) }
            guard count <= most else { return .failure(.tooLong(most)) }
            return form(text).map { JSONText.quoted($0) }
        }
    }

    /// True or false.
    package static let boolean = AttributeForm(expected: .boolean, schema: #"{"type": "boolean"}"#) { value in
        guard case .boolean(let flag) = value else { return .failure(.mismatch(.boolean, value)) }
        return .success(flag ? "true" : "false")
    }

    /// A number.
    package static let number = AttributeForm(expected: .number, schema: #"{"type": "number"}"#) { value in
        guard case .number = value, let text = value.text else { return .failure(.mismatch(.number, value)) }
        return .success(text)
    }

    /// A whole number.
    package static let integer = AttributeForm(expected: .integer, schema: #"{"type": "integer"}"#) { value in
        guard let number = value.wholeNumber else { return .failure(.mismatch(.integer, value)) }
        return .success(String(number))
    }

    /// A whole number in a range, however it is written.
    package static func integer(in range: ClosedRange<Int64>) -> AttributeForm {
        let schema = #"{"type": "integer", "minimum": \#(range.lowerBound), "maximum": \#(range.upperBound)}"#
        return AttributeForm(expected: .number, schema: schema) { value in
            guard case .number(let text) = value else { return .failure(.mismatch(.number, value)) }
            let size = Double(text) ?? 0
            guard size >= Double(range.lowerBound) else { return .failure(.tooSmall(range.lowerBound)) }
            guard size <= Double(range.upperBound) else { return .failure(.tooBig(range.upperBound)) }
            return integer.judge(value)
        }
    }

    /// A list of texts.
    package static let texts = list { .success(JSONText.quoted($0)) }

    /// An object of any content.
    package static let object = AttributeForm(expected: .object, schema: #"{"type": "object"}"#) { value in
        guard case .object = value else { return .failure(.mismatch(.object, value)) }
        return value.text.map { .success($0) } ?? .failure(.unreadable)
    }

    private static let idSchema = #"{"type": ["string", "integer"]}"#

    /// The id of another object, a text or a whole number; a text in documents.
    package static let identifier = AttributeForm(expected: .text, schema: idSchema) { value in
        id(value).map { JSONText.quoted($0) }
    }

    /// The name of another object, a text or a number; what can name none is empty, so that nothing is found.
    package static let name = AttributeForm(expected: .text, schema: idSchema) { value in
        switch value {
        case .string(let text): .success(JSONText.quoted(ObjectKind.isID(text) ? text : ""))
        case .number: .success(JSONText.quoted(value.wholeNumber.map { $0 < 0 ? "" : String($0) } ?? ""))
        case .null, .boolean, .array, .object: .failure(.mismatch(.text, value))
        }
    }

    /// The id of another object, which documents have as `{"id", "name"}`; the name is not known here.
    package static let reference = AttributeForm(expected: .text, schema: idSchema) { value in
        id(value).map { named(value.wholeNumber == nil ? JSONText.quoted($0) : $0) }
    }

    /// A list of such ids; UUIDs are in lower case, as they are in paths.
    package static let references = list { .success(named(JSONText.quoted(TextForm.uuid($0) ?? $0))) }

    private static func list(
        _ form: @escaping @Sendable (String) -> Result<String, Fault.Cause>
    ) -> AttributeForm {
        let schema = #"{"type": "array", "items": {"type": "string", "pattern": "^[^\\u0000]*$"}}"#
        return AttributeForm(expected: .list, schema: schema) { value in
            guard case .array(let elements) = value else { return .failure(.mismatch(.list, value)) }
            var texts: [String] = []
            for element in elements {
                guard case .string(let text) = element else { return .failure(.mismatch(.text, element)) }
                guard !text.utf8.contains(0) else { return .failure(.unreadable) }
                switch form(text) {
                case .success(let text): texts.append(text)
                case .failure(let cause): return .failure(cause)
                }
            }
            return .success("[\(texts.joined(separator: ","))]")
        }
    }

    private static func named(_ id: String) -> String {
        "{\"id\":\(id),\"name\":null}"
    }

    private static func id(_ value: JSONValue) -> Result<String, Fault.Cause> {
        if let number = value.wholeNumber { return .success(String(number)) }
        guard case .string(let text) = value else { return .failure(.mismatch(.text, value)) }
        guard !text.utf8.contains(0) else { return .failure(.unreadable) }
        guard text.utf8.count <= ObjectKind.longestID else { return .failure(.unknownReference(text)) }
        return .success(text)
    }
}
