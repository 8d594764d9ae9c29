/// A five-character error code of the SQL standard, as PostgreSQL reports it.
package struct SQLState: RawRepresentable, Hashable, Sendable {
    /// The five characters.
    package let rawValue: String

    /// Returns nil unless the text has five upper-case letters and digits.
    package init?(rawValue: String) {
        let valid = rawValue.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) }
        guard valid, rawValue.utf8.count == 5 else { return nil }
        self.rawValue = rawValue
    }

    /// The class: the first two characters.
    package var classCode: Substring { rawValue.prefix(2) }

    /// Tells whether messages of this class quote the values they complain about.
    package var mayQuoteData: Bool { ["21", "22", "23"].contains(classCode) }

    /// Tells whether the message names objects and circumstances only, so that it may be shown.
    var hasPresentableMessage: Bool {
        ["08", "0A", "25", "28", "3D", "40", "42", "53", "54", "55", "57", "58"].contains(classCode)
    }
}
