/// The text of a notification on channel `hooklog_activity`: workspace numbers between commas, or `*` for any.
enum ActivityPayload {
    static let channel = "hooklog_activity"
    /// PostgreSQL takes 7 999 bytes.
    static let limit = 7900

    /// Writes the text; `*` when the workspaces are not all known or are too many.
    static func encode(_ touched: TouchedWorkspaces) -> String {
        guard touched.isComplete else { return "*" }
        let text = touched.workspaces.sorted().map(\.description).joined(separator: ",")
        return text.utf8.count <= limit ? text : "*"
    }

    /// Reads the text; anything that is not a list of numbers means any workspace.
    static func decode(_ text: String) -> TouchedWorkspaces {
        var touched = TouchedWorkspaces()
        for field in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let number = Int64(field), number > 0 else { return TouchedWorkspaces(isComplete: false) }
            touched.insert(WorkspaceID(rawValue: number))
        }
        return touched
    }
}
