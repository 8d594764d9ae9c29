import EventLog

/// How Stuut refuses, as far as its pages let on: `{"detail"}`, which is a list of `{"loc", "msg", "type"}` for what is wrong
/// with a request, with status 422.
struct StuutDialect: Dialect {
    func status(of refusal: Refusal) -> Int {
        if case .invalid = refusal { 422 } else { usualStatus(of: refusal) }
    }

    func body(of refusal: Refusal) -> String {
        var body = JSONObjectText()
        if case .invalid(let faults) = refusal {
            body.append("detail", json: "[\(faults.map(Self.detail).joined(separator: ","))]")
        } else {
            body.append("detail", text(of: refusal))
        }
        return body.text
    }

    private func text(of refusal: Refusal) -> String {
        if case .conflict(let fault) = refusal {
            return "Another object with this \(fault.name ?? "id") already exists."
        }
        return usualText(of: refusal)
    }

    private static func detail(_ fault: Fault) -> String {
        let (type, message) = words(for: fault.coarseCause)
        let location = [fault.place.rawValue, fault.name].compactMap(\.self).map { JSONText.quoted($0) }
        var detail = JSONObjectText()
        detail.append("loc", json: "[\(location.joined(separator: ","))]")
        detail.append("msg", message)
        detail.append("type", type)
        return detail.text
    }

    private static func words(for cause: Fault.Cause) -> (type: String, message: String) {
        switch cause {
        case .notJSON: ("json_invalid", "JSON decode error")
        case .required: ("missing", "Field required")
        case .null: ("null_not_allowed", "Input should not be null")
        case .blank: ("string_too_short", "String should have at least 1 character")
        case .notA(let expected, _): ("\(type(of: expected))_type", "Input should be \(expected.phrase)")
        case .tooShort(let least): ("string_too_short", "String should have at least \(least) characters")
        case .tooLong(let most): ("string_too_long", "String should have at most \(most) characters")
        case .notAnEmail: ("value_error", "value is not a valid email address")
        case .notADomain: ("value_error", "value is not a valid domain")
        case .notASlug: ("value_error", "value is not a valid slug")
        case .notAUUID: ("uuid_parsing", "Input should be a valid UUID")
        case .notOneOf(let words, _):
            ("enum", "Input should be \(words.map { "'\($0)'" }.joined(separator: ", "))")
        case .tooSmall(let least): ("greater_than_equal", "Input should be greater than or equal to \(least)")
        case .tooBig(let greatest): ("less_than_equal", "Input should be less than or equal to \(greatest)")
        case .notLike(let form): ("value_error", "Input should be \(form)")
        case .unreadable: ("value_error", "Input cannot be kept")
        case .repeated: ("value_error", "Input should be given once")
        case .excludes(let other): ("value_error", "Input does not go with \(other)")
        case .unknownReference: ("value_error", "Input should identify an existing object")
        case .taken: ("value_error", "Input is taken")
        case .limitReached: ("value_error", "Input would be one too many")
        }
    }

    private static func type(of expected: Fault.Expected) -> String {
        switch expected {
        case .text: "string"
        case .boolean: "bool"
        case .number: "float"
        case .integer: "int"
        case .list: "list"
        case .object: "dict"
        case .time: "datetime"
        }
    }
}
