import EventLog

/// How Ruddr refuses: `{"status", "message"}`, and what is wrong with a body as a list `errors`.
struct RuddrDialect: Dialect {
    func body(of refusal: Refusal) -> String {
        var body = JSONObjectText()
        body.append("status", json: String(status(of: refusal)))
        body.append("message", message(of: refusal))
        if case .invalid(let faults) = refusal, Self.areListed(faults) {
            let errors = faults.map { JSONText.quoted("'\($0.name ?? "body")' \(Self.text(of: $0.coarseCause))") }
            body.append("errors", json: "[\(errors.joined(separator: ","))]")
        }
        return body.text
    }

    private static func areListed(_ faults: [Fault]) -> Bool {
        faults.contains { $0.place == .body && $0.name != nil }
    }

    private func message(of refusal: Refusal) -> String {
        switch refusal {
        case .missingKey, .invalidKey, .revokedKey: "The provided bearer token is missing or invalid."
        case .invalid(let faults) where Self.areListed(faults):
            "There was a problem processing your request. See errors for more details."
        case .invalid(let faults):
            faults.first.map { fault in
                fault.name.map { "\(Self.noun(of: fault)) '\($0)' \(Self.text(of: fault.coarseCause))." }
                    ?? "The body \(Self.text(of: fault.coarseCause))."
            } ?? usualText(of: refusal)
        case .conflict(let fault): "Another object with the same '\(fault.name ?? "id")' already exists."
        case .repetition, .readOnlyKey, .missingWorkspace, .foreignWorkspace, .otherMode, .notFound, .noSuchPage,
            .routeNotFound, .methodNotAllowed, .contentTooLarge, .objectTooLarge, .contentEncoded, .rateLimited,
            .positionAheadOfLog, .unavailable, .failed:
            usualText(of: refusal)
        }
    }

    private static func noun(of fault: Fault) -> String {
        fault.place == .header ? "Header" : "Parameter"
    }

    private static func text(of cause: Fault.Cause) -> String {
        switch cause {
        case .notJSON: "is not valid JSON"
        case .required, .null, .blank: "is required"
        case .notA(let expected, _): "must be \(expected.phrase)"
        case .tooShort(let least): "must be at least \(least) characters"
        case .tooLong(let most): "must be at most \(most) characters"
        case .notAnEmail: "is not a valid email address"
        case .notADomain: "is not a valid domain"
        case .notASlug: "must be lower-case letters, digits and hyphens"
        case .notAUUID: "is not a valid UUID"
        case .notOneOf(let words, _): "must be one of \(words.joined(separator: ", "))"
        case .tooSmall(let least): "must be at least \(least)"
        case .tooBig(let greatest): "must be at most \(greatest)"
        case .notLike(let form): "must be \(form)"
        case .unreadable: "is not valid"
        case .repeated: "must be given once"
        case .excludes(let other): "cannot be combined with '\(other)'"
        case .unknownReference: "does not identify an existing object"
        case .taken: "is taken"
        case .limitReached: "would be one too many"
        }
    }
}

extension Fault.Expected {
    /// What it is, with its article.
    var phrase: String {
        switch self {
        case .text: "a string"
        case .boolean: "a boolean"
        case .number: "a number"
        case .integer: "an integer"
        case .list: "an array"
        case .object: "an object"
        case .time: "a date-time"
        }
    }
}
