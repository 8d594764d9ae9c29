/// What the type of an event is about.
enum EventSubject {
    /// What stands before the first dot.
    static func first(_ type: String) -> String { before(".", in: type) }

    /// What stands before the first of a character.
    static func before(_ character: Unicode.Scalar, in type: String) -> String {
        String(type.unicodeScalars.prefix { $0 != character })
    }

    /// What stands before the last dot; all of it when there is none.
    static func last(_ type: String) -> String {
        type.unicodeScalars.lastIndex(of: ".").map { String(type.unicodeScalars[..<$0]) } ?? type
    }
}
