extension PivotalError {
    /// The JSON of the error's answer: `{"error":{"type","code","message","field"?}}`.
    package var body: String {
        var members = [("type", kind.rawValue), ("code", code.rawValue), ("message", message)]
        if let field { members.append(("field", field)) }
        let text = members.map { "\"\($0)\":\(Self.quoted($1))" }.joined(separator: ",")
        return "{\"error\":{\(text)}}"
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..<" ": quoted += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
