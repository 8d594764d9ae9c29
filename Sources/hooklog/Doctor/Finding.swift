/// What one check of `doctor` found.
struct Finding: Encodable, Hashable {
    /// How bad it is.
    enum Level: String, Encodable, Hashable, CaseIterable {
        case ok
        /// Nothing is lost, but somebody should look.
        case warn
        /// Hooklog does not work, or not safely, until it is mended.
        case fail
    }

    let level: Level
    /// What was checked.
    let check: String
    /// What was found.
    let message: String
    /// What to do about it; `nil` when there is nothing to do.
    let remedy: String?

    static func ok(_ check: String, _ message: String) -> Finding {
        Finding(level: .ok, check: check, message: message, remedy: nil)
    }

    static func warn(_ check: String, _ message: String, remedy: String) -> Finding {
        Finding(level: .warn, check: check, message: message, remedy: remedy)
    }

    static func fail(_ check: String, _ message: String, remedy: String) -> Finding {
        Finding(level: .fail, check: check, message: message, remedy: remedy)
    }
}
