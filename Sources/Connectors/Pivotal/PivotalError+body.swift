extension PivotalError {
    /// The JSON of the error's answer: `{"error":{"type","code","message","field"?}}`.
    package var body: String {
        var members = JSONObjectText()
        members.append("type", kind.rawValue)
        members.append("code", code.rawValue)
        members.append("message", message)
        if let field { members.append("field", field) }
        return "{\"error\":\(members.text)}"
    }
}
