/// The identifier of an API key within its workspace; it is part of the key's text and not secret.
package struct APIKeyID: Identifier {
    /// The number: positive and random.
    package let rawValue: Int64

    /// Creates an identifier from its number.
    package init(rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Reads the decimal text; `nil` for anything but a positive number.
    package init?(_ text: some StringProtocol) {
        guard let number = Int64(text), number > 0, String(number) == text else { return nil }
        rawValue = number
    }
}
