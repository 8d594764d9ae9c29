extension EventLogError: CustomStringConvertible {
    /// One sentence on what failed, on what, and what helps.
    package var description: String {
        let reason = (detail ?? underlying?.description).map { ": \($0)" } ?? "."
        switch code {
        case .unavailable:
            return "The event log is not available, so nothing was acknowledged. Retry\(reason)"
        case .queueFull:
            return "Too many deliveries wait to be appended\(place). Retry in a second."
        case .cancelled:
            return "The call was cancelled\(place)."
        case .refused:
            return "The database refused the delivery\(place)\(reason)"
        case .unknownWorkspace:
            return "There is no such workspace\(place). See `hooklog workspace list`."
        case .unknownSource:
            return "There is no such source\(place). See `hooklog source list`."
        case .unknownAPIKey:
            return "There is no such API key\(place). See `hooklog key list`."
        case .unknownConnector:
            return "There is no connector of that name. \(detail ?? "See `hooklog source create --help`.")"
        case .ambiguousWorkspace:
            return "There is not exactly one workspace, so name the one you mean. See `hooklog workspace list`."
        case .nameTaken:
            return "The name is taken\(place). Choose another one."
        case .invalidArgument:
            return "An argument is not valid\(place)\(reason)"
        case .invalidSecret:
            return "The secret does not fit the connector\(place)\(reason)"
        case .missingMasterKey:
            return
                "Secrets cannot be sealed without HOOKLOG_MASTER_KEY. Make a key with `hooklog master-key` and keep it safe."
        case .invalidMasterKey:
            return "HOOKLOG_MASTER_KEY is not the base64 of 32 bytes. Make a key with `hooklog master-key`."
        case .unsealFailed:
            return
                "A secret\(place) cannot be opened with this HOOKLOG_MASTER_KEY. Give the key under which it was sealed."
        case .databaseFailed:
            return "The database failed\(place)\(reason)"
        }
    }

    private var place: String {
        if let source { return " (source \(source))" }
        return workspace.map { " (workspace \($0))" } ?? ""
    }
}
