import Postgres

/// What a request calls an object of a vendor that numbers them: all digits are its number, anything else is its id.
struct ObjectName {
    private let number: Int64?
    /// Empty, which no object's is, for more digits than there can be numbers.
    private let id: String?

    /// Reads a component of a path or the value of a parameter, decoded.
    init(_ text: String) {
        let isNumber = !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        number = isNumber ? Int64(text) : nil
        id = isNumber ? (number == nil ? "" : nil) : text
    }

    /// The number and the id, one of them NULL, as functions take them.
    var parameters: [PostgresParameter] { [.int8(number), .text(id)] }

    /// The one spelling of the name, so that who repeats a request under another one repeats it.
    var spelling: String { number.map { String($0) } ?? id ?? "" }
}
