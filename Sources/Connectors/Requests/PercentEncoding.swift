import Foundation

/// Writes text for a URL's path or query.
enum PercentEncoding {
    private static let unreserved = CharacterSet(
        charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~"
    )

    /// The text with everything but unreserved characters (RFC 3986) as `%` and two digits.
    static func text(of text: String) -> String {
        guard let encoded = text.addingPercentEncoding(withAllowedCharacters: unreserved) else {
            preconditionFailure("text(of:): a text has no UTF-8")
        }
        return encoded
    }
}
