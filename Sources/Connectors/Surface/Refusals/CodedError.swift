/// A refusal as `{"error": {"type", "code", "message", "field"}}`: what to branch on first, the cause, a sentence, and the
/// member, parameter or header field at fault if there is one.
///
/// For what is wrong with a value, codes and sentences are those of Zod's issues. Only the first fault is told, and never a
/// value from a request.
struct CodedError {
    var code: String
    /// Not part of any contract.
    var message: String
    var field: String?

    init(_ code: String, _ message: String, field: String? = nil) {
        self.code = code
        self.message = message
        self.field = field
    }

    /// The JSON text of an answer with this status, which the type agrees with.
    func body(status: Int) -> String {
        var members = JSONObjectText()
        members.append("type", Self.type(status))
        members.append("code", code)
        members.append("message", message)
        if let field { members.append("field", field) }
        return "{\"error\":\(members.text)}"
    }

    private static func type(_ status: Int) -> String {
        switch status {
        case 401: "authentication_error"
        case 403: "permission_error"
        case 404: "not_found"
        case 409: "conflict"
        case 429: "rate_limit_error"
        case 500...: "internal_error"
        default: "invalid_request_error"
        }
    }
}

extension CodedError {
    /// Words a refusal.
    init(_ refusal: Refusal) {
        switch refusal {
        case .missingKey:
            self.init("missing_api_key", "Send your API key in the Authorization header: Bearer <key>")
        case .invalidKey: self.init("invalid_api_key", "This API key is not valid")
        case .revokedKey: self.init("api_key_revoked", "This API key was revoked")
        case .readOnlyKey:
            self.init("insufficient_scope", "This API key may only read; writing needs a key with scope write")
        case .missingWorkspace(let header): self.init("missing_field", "\(header) is required", field: header)
        case .foreignWorkspace: self.init("insufficient_scope", "This API key is not the named workspace's")
        case .otherMode: self.init("insufficient_scope", "This API key is not for the kind of data asked for")
        case .invalid(let faults): self.init(faults.first ?? Fault(.body, nil, .unreadable))
        case .conflict(let fault): self.init(fault)
        case .repetition(isUnderWay: false):
            self.init("idempotency_key_reused", "This Idempotency-Key was used with another body; use a new one")
        case .repetition(isUnderWay: true):
            self.init(
                "idempotency_key_in_use",
                "The first request with this Idempotency-Key is still running; try again"
            )
        case .notFound(let name):
            self.init(name.lowercased().replacing(" ", with: "_") + "_not_found", "\(name) not found")
        case .noSuchPage: self.init("page_not_found", "There is no such page")
        case .routeNotFound: self.init("route_not_found", "There is no such endpoint")
        case .methodNotAllowed:
            self.init("method_not_allowed", "This endpoint does not support the method; see the Allow header")
        case .contentTooLarge: self.init("content_too_large", "The body is too large; send a smaller one")
        case .objectTooLarge:
            self.init("content_too_large", "The object would take more than 512 KiB; make it smaller")
        case .contentEncoded:
            self.init(
                "unsupported_content_encoding",
                "The body must not be encoded; send it without Content-Encoding"
            )
        case .rateLimited(let seconds):
            self.init(
                "rate_limited",
                "Rate limit exceeded; try again in \(seconds) second\(seconds == 1 ? "" : "s")"
            )
        case .positionAheadOfLog:
            self.init(
                "position_ahead_of_log",
                "The log has not reached this position; see Hooklog-Position",
                field: MinimumPosition.header
            )
        case .unavailable(let obstacle): self.init(obstacle)
        case .failed: self.init("internal_error", "The server failed; try again")
        }
    }

    private init(_ obstacle: Refusal.Obstacle) {
        switch obstacle {
        case .database:
            self.init("database_unavailable", "The data is not available at the moment; try again")
        case .standby:
            self.init(
                "database_unavailable",
                "This server's database is a standby and takes no writes; send them to a server on the primary"
            )
        case .readModel:
            self.init("read_model_behind", "The data has not reached this position in time; try again")
        case .backlog:
            self.init("read_model_behind", "The data is still catching up with what was received; try again")
        }
    }

    private init(_ fault: Fault) {
        let name = fault.name ?? "The body"
        let (code, message): (String, String) =
            switch fault.cause {
            case .notJSON: ("invalid_json", "\(name) is not valid JSON")
            case .required: ("missing_field", "\(name) is required")
            case .null(let expected): ("invalid_type", "Expected \(expected.zodName), received null")
            case .blank: ("too_small", "String must contain at least 1 character(s)")
            case .notA(.time, _): ("invalid_string", "Invalid datetime")
            case .notA(.integer, _) where fault.place == .header:
                ("invalid_type", "Expected one position: a whole number from 0 on")
            case .notA(let expected, let received):
                ("invalid_type", "Expected \(expected.zodName)\(received.map { ", received \($0)" } ?? "")")
            case .tooShort(let least): ("too_small", "String must contain at least \(least) character(s)")
            case .tooLong(let most) where fault.place == .header:
                ("too_big", "String must contain at most \(most) byte(s)")
            case .tooLong(let most): ("too_big", "String must contain at most \(most) character(s)")
            case .notAnEmail: ("invalid_string", "Invalid email")
            case .notADomain: ("invalid_string", "Invalid domain")
            case .notASlug: ("invalid_string", "Invalid slug")
            case .notAUUID: ("invalid_string", "Invalid uuid")
            case .notOneOf(let words, _):
                (
                    "invalid_enum_value",
                    "Invalid enum value. Expected \(words.map { "'\($0)'" }.joined(separator: " | "))"
                )
            case .notLike(let form): ("invalid_string", "Expected \(form)")
            case .tooSmall(let least): ("too_small", "Number must be greater than or equal to \(least)")
            case .tooBig(let greatest): ("too_big", "Number must be less than or equal to \(greatest)")
            case .unreadable: ("invalid_string", "Invalid")
            case .repeated: ("invalid_type", "Expected string, received array")
            case .excludes(let other): ("invalid_string", "\(name) does not go with \(other)")
            case .unknownReference: ("invalid_string", "\(name) names nothing that there is")
            case .taken: ("\(fault.name ?? "id")_taken", "Another object has this \(fault.name ?? "id")")
            case .limitReached(let limit): ("too_big", "The limit of \(limit) is reached")
            }
        self.init(code, message, field: fault.name)
    }
}

extension Fault.Expected {
    /// Zod's name for it.
    fileprivate var zodName: String {
        switch self {
        case .text: "string"
        case .boolean: "boolean"
        case .number: "number"
        case .integer: "integer"
        case .list: "array"
        case .object: "object"
        case .time: "datetime"
        }
    }
}
