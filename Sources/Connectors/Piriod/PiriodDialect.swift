import EventLog

/// How Piriod refuses: `{"detail"}`, and for what is wrong with a request the names of its fields with lists of texts, those of
/// no field under `non_field_errors`, as what is wrong with a header.
struct PiriodDialect: Dialect {
    /// A clash is a fault like any other.
    func status(of refusal: Refusal) -> Int {
        if case .conflict = refusal { 400 } else { usualStatus(of: refusal) }
    }

    func body(of refusal: Refusal) -> String {
        switch refusal {
        case .invalid(let faults): Self.fields(faults)
        case .conflict(let fault): Self.fields([fault])
        case .missingWorkspace(let header): Self.fields([(nil, "\(header) header is required.")])
        case .missingKey: Self.detail("Authentication credentials were not provided.")
        case .invalidKey, .revokedKey: Self.detail("Invalid token.")
        case .foreignWorkspace: Self.detail("You do not have permission to use this workspace.")
        case .otherMode: Self.detail("This token is not for the data that x-piriod-test-mode asks for.")
        case .notFound, .routeNotFound: Self.detail("Not found.")
        case .repetition, .readOnlyKey, .noSuchPage, .methodNotAllowed, .contentTooLarge, .objectTooLarge,
            .contentEncoded, .rateLimited, .positionAheadOfLog, .unavailable, .failed:
            Self.detail(usualText(of: refusal))
        }
    }

    private static func detail(_ text: String) -> String {
        var body = JSONObjectText()
        body.append("detail", text)
        return body.text
    }

    private static func fields(_ faults: [Fault]) -> String {
        fields(
            faults.map { fault in
                let text = text(of: fault.coarseCause)
                return fault.place == .header ? (nil, "\(fault.name ?? "") header: \(text)") : (fault.name, text)
            }
        )
    }

    private static func fields(_ faults: [(name: String?, text: String)]) -> String {
        var body = JSONObjectText()
        for fault in faults {
            body.append(fault.name ?? "non_field_errors", json: "[\(JSONText.quoted(fault.text))]")
        }
        return body.text
    }

    private static func text(of cause: Fault.Cause) -> String {
        switch cause {
        case .notJSON: "The body is not valid JSON."
        case .required: "This field is required."
        case .null: "This field may not be null."
        case .blank: "This field may not be blank."
        case .notA(.text, _): "Not a valid string."
        case .notA(.boolean, _): "Must be a valid boolean."
        case .notA(.number, _): "A valid number is required."
        case .notA(.integer, _): "A valid integer is required."
        case .notA(.list, _): "Expected a list of items."
        case .notA(.object, _): "Expected a dictionary of items."
        case .notA(.time, _): "Enter a valid date/time."
        case .tooShort(let least): "Ensure this field has at least \(least) characters."
        case .tooLong(let most): "Ensure this field has no more than \(most) characters."
        case .notAnEmail: "Enter a valid email address."
        case .notADomain: "Enter a valid domain."
        case .notASlug: "Enter a valid slug."
        case .notAUUID: "Must be a valid UUID."
        case .notOneOf(_, let given): "\"\(given)\" is not a valid choice."
        case .tooSmall(let least): "Ensure this value is greater than or equal to \(least)."
        case .tooBig(let greatest): "Ensure this value is less than or equal to \(greatest)."
        case .notLike(let form): "Must be \(form)."
        case .unreadable: "Not a valid value."
        case .repeated: "This parameter may be given once only."
        case .excludes(let other): "This parameter does not go with \(other)."
        case .unknownReference(let id): "Primary key \"\(id)\" invalid - object is not exists."
        case .taken: "This value is taken."
        case .limitReached(let limit): "The limit of \(limit) is reached."
        }
    }
}
