/// Takes the attributes that an endpoint knows out of a request's body, one by one, and judges each.
///
/// Attributes that it is not asked for are ignored, so the first fault is that of the first attribute asked for. Texts of
/// errors and codes are Zod's, as the contract has them; they never repeat a value.
struct AttributeReader {
    /// Whether an attribute must be there, and whether null is a value of it.
    enum Presence {
        case required
        case optional
        /// Optional, and null clears it.
        case nullable
    }

    private let members: [String: JSONValue]
    /// What was taken, as the database is given it.
    private(set) var attributes = JSONObjectText()

    /// The usual length of a text, in characters.
    static let usualLength = 1...255
    /// Whole numbers that every client can hold.
    static let safeIntegers = Int64(-9_007_199_254_740_991)...9_007_199_254_740_991

    init(_ body: RequestBody) {
        members = body.members
    }

    /// Takes a text of a length in characters, in the form that `form` gives it.
    ///
    /// Throws `missing_field`, `invalid_type`, `too_small`, `too_big`, `invalid_string`, and what `form` throws.
    mutating func text(
        _ name: String,
        _ presence: Presence,
        length: ClosedRange<Int> = Self.usualLength,
        form: (String, _ field: String) throws(PivotalError) -> String = { text, _ throws(PivotalError) in text }
    ) throws(PivotalError) {
        guard let value = try value(name, presence, expected: "string") else { return }
        guard case .string(let text) = value else { throw Self.mismatch(name, value, expected: "string") }
        let count = text.unicodeScalars.count
        guard count >= length.lowerBound else {
            throw PivotalError(
                .tooSmall,
                "String must contain at least \(length.lowerBound) character(s)",
                field: name
            )
        }
        guard count <= length.upperBound else {
            throw PivotalError(.tooBig, "String must contain at most \(length.upperBound) character(s)", field: name)
        }
        guard !text.utf8.contains(0) else { throw PivotalError(.invalidString, "Invalid", field: name) }
        attributes.append(name, try form(text, name))
    }

    /// Takes one of several words; throws `invalid_enum_value` for any other text.
    mutating func word(_ name: String, _ presence: Presence, of words: [String]) throws(PivotalError) {
        guard let value = try value(name, presence, expected: "string") else { return }
        guard case .string(let text) = value else { throw Self.mismatch(name, value, expected: "string") }
        guard words.contains(text) else {
            let expected = words.map { "'\($0)'" }.joined(separator: " | ")
            throw PivotalError(.invalidEnumValue, "Invalid enum value. Expected \(expected)", field: name)
        }
        attributes.append(name, text)
    }

    /// Takes a boolean.
    mutating func boolean(_ name: String, _ presence: Presence) throws(PivotalError) {
        guard let value = try value(name, presence, expected: "boolean") else { return }
        guard case .boolean(let flag) = value else { throw Self.mismatch(name, value, expected: "boolean") }
        attributes.append(name, json: flag ? "true" : "false")
    }

    /// Takes a whole number in a range, however it is written; throws `too_small` or `too_big` out of it.
    mutating func integer(
        _ name: String,
        _ presence: Presence,
        in range: ClosedRange<Int64> = Self.safeIntegers
    ) throws(PivotalError) {
        guard let value = try value(name, presence, expected: "number") else { return }
        guard case .number(let text) = value else { throw Self.mismatch(name, value, expected: "number") }
        let size = Double(text) ?? 0
        guard size >= Double(range.lowerBound) else {
            throw PivotalError(
                .tooSmall,
                "Number must be greater than or equal to \(range.lowerBound)",
                field: name
            )
        }
        guard size <= Double(range.upperBound) else {
            throw PivotalError(.tooBig, "Number must be less than or equal to \(range.upperBound)", field: name)
        }
        guard let number = value.wholeNumber else {
            throw PivotalError(.invalidType, "Expected integer, received float", field: name)
        }
        attributes.append(name, json: String(number))
    }

    /// Takes a list of texts.
    mutating func texts(_ name: String, _ presence: Presence) throws(PivotalError) {
        guard let value = try value(name, presence, expected: "array") else { return }
        guard case .array(let elements) = value else { throw Self.mismatch(name, value, expected: "array") }
        var texts: [String] = []
        for element in elements {
            guard case .string(let text) = element else { throw Self.mismatch(name, element, expected: "string") }
            guard !text.utf8.contains(0) else { throw PivotalError(.invalidString, "Invalid", field: name) }
            texts.append(JSONObjectText.quoted(text))
        }
        attributes.append(name, json: "[" + texts.joined(separator: ",") + "]")
    }

    /// The id or `display_id` of an object, given as a string or a number.
    func identifier(_ name: String) throws(PivotalError) -> ResourceIdentifier {
        guard let value = members[name] else { throw Self.missing(name) }
        switch value {
        case .string(let text):
            return ResourceIdentifier(text)
        case .number:
            return value.wholeNumber.map { $0 < 0 ? .unmatchable : .displayID($0) } ?? .unmatchable
        case .null, .boolean, .array, .object:
            throw Self.mismatch(name, value, expected: "string")
        }
    }

    /// The value to take; nil when there is none, or null, which is taken here.
    private mutating func value(
        _ name: String,
        _ presence: Presence,
        expected: String
    ) throws(PivotalError) -> JSONValue? {
        guard let value = members[name] else {
            guard presence != .required else { throw Self.missing(name) }
            return nil
        }
        guard value == .null else { return value }
        guard presence == .nullable else { throw Self.mismatch(name, value, expected: expected) }
        attributes.append(name, json: "null")
        return nil
    }

    private static func missing(_ name: String) -> PivotalError {
        PivotalError(.missingField, "\(name) is required", field: name)
    }

    private static func mismatch(_ name: String, _ value: JSONValue, expected: String) -> PivotalError {
        PivotalError(.invalidType, "Expected \(expected), received \(value.typeName)", field: name)
    }
}
