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
    /// What was found, without a full stop: what prints it sets one.
    let message: String
    /// What to do about it; `nil` when there is nothing to do.
    let remedy: String?

    init(_ level: Level, _ check: String, _ message: String, remedy: String?) {
        self.level = level
        self.check = check
        // An error's own words end with one.
        self.message = message.hasSuffix(".") ? String(message.dropLast()) : message
        self.remedy = remedy
    }

    static func ok(_ check: String, _ message: String) -> Finding {
        Finding(.ok, check, message, remedy: nil)
    }

    static func warn(_ check: String, _ message: String, remedy: String) -> Finding {
        Finding(.warn, check, message, remedy: remedy)
    }

    static func fail(_ check: String, _ message: String, remedy: String) -> Finding {
        Finding(.fail, check, message, remedy: remedy)
    }
}
