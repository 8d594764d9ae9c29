import Connectors
import Testing

/// The words that Pivotal's API and the native one share.
struct CodedErrorTests {
    private static let pivotal = Surface.pivotal.dialect

    @Test func bodyIsTheContractsWrapper() {
        let refusal = Refusal.invalid([Fault(.query, "cursor", .notA(.time, received: nil))])
        let expected =
            #"{"error":{"type":"invalid_request_error","code":"invalid_string","#
            + #""message":"Invalid datetime","field":"cursor"}}"#
        #expect(Self.pivotal.body(of: refusal) == expected)
        #expect(NativeDialect().body(of: refusal) == expected)
    }

    @Test func fieldIsAbsentWhenNoneIsAtFault() {
        let expected = #"{"error":{"type":"not_found","code":"customer_not_found","message":"Customer not found"}}"#
        #expect(Self.pivotal.body(of: .notFound("Customer")) == expected)
    }

    @Test(arguments: [
        (Refusal.missingKey, "authentication_error", "missing_api_key"),
        (.invalidKey, "authentication_error", "invalid_api_key"),
        (.revokedKey, "authentication_error", "api_key_revoked"),
        (.readOnlyKey, "permission_error", "insufficient_scope"),
        (.notFound("Contact"), "not_found", "contact_not_found"), (.notFound("Event"), "not_found", "event_not_found"),
        (.routeNotFound, "not_found", "route_not_found"),
        (.methodNotAllowed, "invalid_request_error", "method_not_allowed"),
        (.contentTooLarge, "invalid_request_error", "content_too_large"),
        (.objectTooLarge, "invalid_request_error", "content_too_large"),
        (.contentEncoded, "invalid_request_error", "unsupported_content_encoding"),
        (.positionAheadOfLog, "invalid_request_error", "position_ahead_of_log"),
        (.repetition(isUnderWay: false), "conflict", "idempotency_key_reused"),
        (.repetition(isUnderWay: true), "conflict", "idempotency_key_in_use"),
        (.conflict(Fault(.body, "email", .taken)), "conflict", "email_taken"),
        (.conflict(Fault(.body, "slug", .taken)), "conflict", "slug_taken"),
        (.rateLimited(seconds: 7), "rate_limit_error", "rate_limited"),
        (.unavailable(.database), "internal_error", "database_unavailable"),
        (.unavailable(.standby), "internal_error", "database_unavailable"),
        (.unavailable(.readModel), "internal_error", "read_model_behind"),
        (.unavailable(.backlog), "internal_error", "read_model_behind"), (.failed, "internal_error", "internal_error"),
    ])
    func refusalsHaveTheirTypeAndCode(refusal: Refusal, type: String, code: String) throws {
        let words = try refusal.words(in: Self.pivotal)
        #expect(words.type == type)
        #expect(words.code == code)
    }

    @Test(arguments: [(1, "in 1 second"), (60, "in 60 seconds")])
    func rateLimitNamesTheWait(seconds: Int64, text: String) throws {
        #expect(try Refusal.rateLimited(seconds: seconds).words().message.hasSuffix(text))
    }

    /// Codes and sentences of Zod's issues, as the vendor's clients know them.
    @Test(arguments: [
        (Fault.Cause.required, "missing_field", "a is required"),
        (.null(.text), "invalid_type", "Expected string, received null"),
        (.notA(.list, received: "number"), "invalid_type", "Expected array, received number"),
        (.notA(.integer, received: "float"), "invalid_type", "Expected integer, received float"),
        (.tooShort(1), "too_small", "String must contain at least 1 character(s)"),
        (.tooLong(255), "too_big", "String must contain at most 255 character(s)"),
        (.tooSmall(1), "too_small", "Number must be greater than or equal to 1"),
        (.tooBig(365), "too_big", "Number must be less than or equal to 365"),
        (.notAnEmail, "invalid_string", "Invalid email"), (.notADomain, "invalid_string", "Invalid domain"),
        (.unreadable, "invalid_string", "Invalid"),
        (.repeated, "invalid_type", "Expected string, received array"),
        (.notOneOf(["b", "c"], given: "d"), "invalid_enum_value", "Invalid enum value. Expected 'b' | 'c'"),
    ])
    func faultsAreWordedAsZodDoes(cause: Fault.Cause, code: String, message: String) throws {
        let refusal = Refusal.invalid([Fault(.body, "a", cause), Fault(.body, "b", .required)])
        let words = try refusal.words(in: Self.pivotal)
        #expect(words.code == code)
        #expect(words.message == message)
        #expect(words.field == "a")
    }
}
