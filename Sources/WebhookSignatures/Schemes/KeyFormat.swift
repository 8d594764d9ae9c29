/// How the text of a secret becomes key bytes.
enum KeyFormat: Sendable, Hashable {
    /// `whsec_`, `whpk_` or `whsk_` and base64; the decoded bytes are the key.
    case standardWebhooks
    /// The UTF-8 of the text as it stands, prefixes included.
    case text
}
