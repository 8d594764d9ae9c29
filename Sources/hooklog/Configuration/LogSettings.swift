import Configuration
import Logging

/// How the program logs to standard error.
struct LogSettings: Sendable, Hashable {
    /// The form of a line.
    enum Format: String, Sendable, Hashable, CaseIterable {
        /// `time level phrase key=value …`
        case text
        /// One JSON object.
        case json
    }

    /// The form of a line.
    let format: Format
    /// The least severe level that is written.
    let level: Logger.Level

    /// Reads the settings.
    ///
    /// - `log_format`: text or json, default text
    /// - `log_level`: trace, debug, info, notice, warning, error or critical; default as the command says
    ///
    /// - Throws: `invalidSetting` naming the key.
    init(config: ConfigReader, defaultLevel: Logger.Level) throws(CommandError) {
        format = try config.choice(.logFormat, default: .text)
        level = try config.choice(.logLevel, default: defaultLevel)
    }
}
