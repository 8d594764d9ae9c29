import CLibpq

/// The fields of a server error that the module keeps.
struct PostgresDiagnostics {
    var sqlState: SQLState?
    var message: String?
    var constraint: String?
    var table: String?
    var column: String?
    var position: Int?
    /// The statement that a function was running, and where in it the error is.
    var innerQuery: String?
    var innerPosition: Int?
}

extension PostgresDiagnostics {
    init(result: OpaquePointer) {
        func field(_ code: Character) -> String? { Self.field(code, of: result) }
        sqlState = field("C").flatMap(SQLState.init(rawValue:))
        message = field("M")
        constraint = field("n")
        table = field("t")
        column = field("c")
        position = field("P").flatMap { Int($0) }
        innerQuery = field("q")
        innerPosition = field("p").flatMap { Int($0) }
    }

    /// What libpq calls a field of the report, such as `M` for its message.
    static func field(_ code: Character, of result: OpaquePointer) -> String? {
        guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
        return String(cString: text)
    }

    /// The line that a position lies in, counted from 1.
    static func line(of position: Int?, in text: String?) -> Int? {
        guard let position, let text else { return nil }
        return 1 + text.unicodeScalars.prefix(max(0, position - 1)).count { $0 == "\n" }
    }
}
