import EventLog

extension EventAppenderConfiguration {
    /// The usual limits but for some.
    init(_ change: (inout EventAppenderConfiguration) -> Void) {
        self.init()
        change(&self)
    }
}
