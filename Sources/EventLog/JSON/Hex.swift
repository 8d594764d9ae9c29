extension Sequence<UInt8> {
    /// The bytes as hex digits in lower case, two for each.
    package var hex: String {
        map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
