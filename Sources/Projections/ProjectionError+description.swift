extension ProjectionError: CustomStringConvertible {
    /// One sentence on what failed, on what, and what helps.
    package var description: String {
        let reason = (detail ?? underlying?.description).map { ": \($0)" } ?? "."
        switch code {
        case .invalidFile:
            return "\(place) does not hold a projection\(reason)"
        case .nameTaken:
            return "The name of \(subject) is taken. Choose another one."
        case .definitionRefused:
            return "The database refuses the SQL of \(subject)\(file == nil ? "" : " (\(place))")\(reason)"
        case .unknownProjection:
            return "There is no \(subject). Run `hooklog migrate` to register the projections, or check the name."
        case .buildGone:
            return
                "The build of \(subject) was cancelled or finished by somebody else. Start the rebuild again if needed."
        case .buildStopped:
            return "The build of \(subject) stopped in a workspace. See `hooklog status` for the reason."
        case .positionBeyondHead:
            return "The position is above the head of the log. Use a position that Hooklog gave."
        case .waitTimedOut:
            return "The read model of \(subject) did not reach the position in time. Retry."
        case .tooManyWaiters:
            return "Too many requests wait for a position. Retry in a second."
        case .cancelled:
            return "The call was cancelled."
        case .unavailable:
            return "The database is not available. Retry\(reason)"
        case .databaseFailed:
            return "The database failed on \(subject)\(reason)"
        }
    }

    private var subject: String {
        let name = projection.map { "projection \($0)" } ?? "the projection"
        return workspace.map { "\(name) in workspace \($0)" } ?? name
    }

    private var place: String {
        let name = file ?? "The file"
        return line.map { "\(name):\($0)" } ?? name
    }
}
