/// The form of a delivery id.
enum DeliveryIDGrammar {
    /// Returns whether the text is an id: 1 to 256 visible ASCII characters, and no dot where the id is signed.
    ///
    /// A dot ends the id in the signed bytes; with one inside, two different deliveries could share a signature.
    static func accepts(_ id: String, isSigned: Bool) -> Bool {
        1...ReceivedSignature.maximumIDByteCount ~= id.utf8.count
            && id.utf8.allSatisfy { ASCII.isVisible($0) && !(isSigned && $0 == ASCII.dot) }
    }
}
