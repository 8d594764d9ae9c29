/// What is wrong with a scheme, a secret or a request to sign, found before anything is verified.
///
/// A delivery that is refused throws ``VerificationError`` instead.
public struct SignatureError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable label for the cause.
    public enum Code: String, Sendable, Hashable, CaseIterable {
        /// The secret has no bytes.
        case emptySecret = "empty_secret"
        /// The secret has fewer bytes than the scheme asks for.
        case secretTooShort = "secret_too_short"
        /// The secret has more bytes than the scheme allows.
        case secretTooLong = "secret_too_long"
        /// The secret is not canonical base64, or has an unknown prefix.
        case malformedSecret = "malformed_secret"
        /// Anyone could sign for the public key.
        case forgeableKey = "forgeable_key"
        /// The two halves of a `whsk_` key do not belong together.
        case mismatchedKeyPair = "mismatched_key_pair"
        /// A public key stands where a secret is needed, or a private key where a public one is.
        case wrongKeyKind = "wrong_key_kind"
        /// There is no key at all.
        case noKeys = "no_keys"
        /// There are more keys than the scheme or the verifier takes.
        case tooManyKeys = "too_many_keys"
        /// Two keys have the same id.
        case duplicateKeyID = "duplicate_key_id"
        /// A key was made for a scheme that reads secrets differently.
        case keyForOtherScheme = "key_for_other_scheme"
        /// No preset has that name.
        case unknownScheme = "unknown_scheme"
        /// A header name is not one, or is used twice.
        case invalidHeaderName = "invalid_header_name"
        /// The prefix of a signature cannot stand in a header.
        case invalidPrefix = "invalid_prefix"
        /// The template of the signed content is ambiguous or malformed.
        case invalidContentTemplate = "invalid_content_template"
        /// A tolerance is negative.
        case invalidTolerance = "invalid_tolerance"
        /// The scheme has no timestamp.
        case noTimestamp = "no_timestamp"
        /// The scheme needs a delivery id of 1 to 256 visible ASCII characters, in some schemes without a dot.
        case invalidDeliveryID = "invalid_delivery_id"
        /// The time to sign is not after 1970 or has too many digits.
        case invalidTimestamp = "invalid_timestamp"
        /// The body does not have the form that the scheme signs.
        case unsignableBody = "unsignable_body"
        /// The cryptographic library did not produce a signature.
        case signingFailed = "signing_failed"
    }

    /// The cause.
    public let code: Code
    /// One sentence or two: what is wrong and the way out; never any part of a secret.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }
}
