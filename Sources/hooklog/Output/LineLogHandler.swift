import EventLog
import Foundation
import Logging

/// Writes one line per log message to standard error.
///
///     2026-11-21T12:00:03.120Z info listening listen.address=127.0.0.1:8080
///
/// Values with spaces, quotes or control characters stand in quotes with JSON's escapes, so a line is always one line.
struct LineLogHandler: LogHandler {
    let label: String
    let format: LogSettings.Format
    var logLevel: Logger.Level
    var now: @Sendable () -> Date = { Date() }
    var write: @Sendable (String) -> Void = Output.remark
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let facts = (metadataProvider?.get() ?? [:])
            .merging(metadata) { $1 }
            .merging(event.metadata ?? [:]) { $1 }
            .merging(event.error.map { ["error": "\($0)"] } ?? [:]) { $1 }
        let pairs = facts.map { ($0.key, "\($0.value)") }.sorted { $0.0 < $1.0 }
        let time = Moment.text(of: now())
        switch format {
        case .text:
            let text = pairs.map { " \($0.0)=\(Self.quoted($0.1))" }.joined()
            write("\(time) \(event.level) \(event.message)\(text)")
        case .json:
            let head = [
                ("time", time), ("level", "\(event.level)"), ("logger", label), ("message", "\(event.message)"),
            ]
            let members = (head + pairs).map { "\(Self.jsonText($0.0)):\(Self.jsonText($0.1))" }
            write("{\(members.joined(separator: ","))}")
        }
    }

    private static func quoted(_ text: String) -> String {
        let isPlain =
            !text.isEmpty && text.unicodeScalars.allSatisfy { $0 > " " && $0 != "\"" && $0 != "=" && $0 != "\u{7F}" }
        return isPlain ? text : jsonText(text)
    }

    private static func jsonText(_ text: String) -> String {
        // JSON takes the controls from DEL on as they are, a terminal does not.
        JSONText.quoted(text).unicodeScalars
            .map { 0x7F..<0xA0 ~= $0.value ? String(format: "\\u%04x", $0.value) : String($0) }.joined()
    }
}

extension LogSettings {
    /// A logger with these settings.
    func logger(label: String = "hooklog") -> Logger {
        Logger(label: label) { LineLogHandler(label: $0, format: format, logLevel: level) }
    }
}
