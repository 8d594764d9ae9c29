import CLibpq

/// The fields of a server error that the module keeps.
struct PostgresDiagnostics {
    var sqlState: SQLState?
    var message: String?
    var constraint: String?
    var table: String?
    var column: String?
    var context: String?
    var position: Int?

    init(sqlState: SQLState?, message: String?) {
        self.sqlState = sqlState
        self.message = message
    }

    init(result: OpaquePointer) {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue, let text = PQresultErrorField(result, Int32(ascii)) else { return nil }
            return String(cString: text)
        }
        sqlState = field("C").flatMap(SQLState.init(rawValue:))
        message = field("M")
        constraint = field("n")
        table = field("t")
        column = field("c")
        context = field("W")
        position = field("P").flatMap { Int($0) }
    }

    /// The line of a script that the position lies in, counted from 1.
    func line(in script: String) -> Int? {
        position.map { position in
            1 + script.unicodeScalars.prefix(max(0, position - 1)).count { $0 == "\n" }
        }
    }
}
