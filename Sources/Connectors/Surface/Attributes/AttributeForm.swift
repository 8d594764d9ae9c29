/// Judges the value of an attribute that is not null, and gives it the form in which documents have it.
package struct AttributeForm: Sendable {
    /// The value as documents have it, as JSON text, or what is wrong with it.
    let judge: @Sendable (JSONValue) -> Result<String, Fault.Cause>
}

extension AttributeForm {
    /// A text of at most so many characters, and of at least one unless blank ones may be.
    package static func text(most: Int = .max, mayBeBlank: Bool = true) -> AttributeForm {
        text(most: most, mayBeBlank: mayBeBlank) { .success($0) }
    }

    /// An e-mail address, as it is written.
    package static func email(most: Int = 255) -> AttributeForm {
        text(most: most, mayBeBlank: false) { text in
            (try? AttributeForms.email(text, field: "")) == nil ? .failure(.notAnEmail) : .success(text)
        }
    }

    /// One of several words.
    package static func word(_ words: [String]) -> AttributeForm {
        text(most: .max, mayBeBlank: true) { words.contains($0) ? .success($0) : .failure(.notOneOf(words, given: $0)) }
    }

    /// A text in a form of its own, or what is wrong with it.
    static func text(
        most: Int,
        mayBeBlank: Bool,
        _ form: @escaping @Sendable (String) -> Result<String, Fault.Cause>
    ) -> AttributeForm {
        AttributeForm { value in
            guard case .string(let text) = value else { return .failure(.notA(.text)) }
            guard !text.utf8.contains(0) else { return .failure(.unreadable) }
            guard mayBeBlank || text.contains(where: { !$0.isWhitespace }) else { return .failure(.blank) }
            guard text.unicodeScalars.count <= most else { return .failure(.tooLong(most)) }
            return form(text).map { JSONObjectText.quoted($0) }
        }
    }

    /// True or false.
    package static let boolean = AttributeForm { value in
        guard case .boolean(let flag) = value else { return .failure(.notA(.boolean)) }
        return .success(flag ? "true" : "false")
    }

    /// A number.
    package static let number = AttributeForm { value in
        guard case .number = value, let text = value.text else { return .failure(.notA(.number)) }
        return .success(text)
    }

    /// A whole number.
    package static let integer = AttributeForm { value in
        guard let number = value.wholeNumber else { return .failure(.notA(.integer)) }
        return .success(String(number))
    }

    /// A list of texts.
    package static let texts = list { .success(JSONObjectText.quoted($0)) }

    /// An object of any content.
    package static let object = AttributeForm { value in
        guard case .object = value else { return .failure(.notA(.object)) }
        return value.text.map { .success($0) } ?? .failure(.unreadable)
    }

    /// The id of another object, a text or a whole number; a text in documents.
    package static let identifier = AttributeForm { value in
        id(value).map { JSONObjectText.quoted($0) }
    }

    /// The id of another object, which documents have as `{"id", "name"}`; the name is not known here.
    package static let reference = AttributeForm { value in
        id(value).map { named(value.wholeNumber == nil ? JSONObjectText.quoted($0) : $0) }
    }

    /// A list of such ids; UUIDs are in lower case, as they are in paths.
    package static let references = list { .success(named(JSONObjectText.quoted(UUIDForm.canonical($0) ?? $0))) }

    private static func list(
        _ form: @escaping @Sendable (String) -> Result<String, Fault.Cause>
    ) -> AttributeForm {
        AttributeForm { value in
            guard case .array(let elements) = value else { return .failure(.notA(.list)) }
            var texts: [String] = []
            for element in elements {
                guard case .string(let text) = element else { return .failure(.notA(.text)) }
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
        guard case .string(let text) = value else { return .failure(.notA(.text)) }
        guard !text.utf8.contains(0) else { return .failure(.unreadable) }
        guard text.utf8.count <= ResourceIdentifier.longestID else { return .failure(.unknownReference(text)) }
        return .success(text)
    }
}
