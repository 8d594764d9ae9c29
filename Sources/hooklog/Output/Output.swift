import ArgumentParser
import Foundation

/// Writes a command's result to standard output, for people or, with the option, for programs.
struct Output: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print JSON instead of a table.")
    var isJSON = false

    /// Whether standard output is a terminal, where headings are set off.
    var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Writes `value` as one line of JSON, or what `text` returns.
    func write(_ value: some Encodable, text: () -> String) throws {
        try Self.writeLine(isJSON ? JSONLine.text(of: value) : text())
    }

    /// Writes `value` as one line of JSON, or the table.
    func write(_ value: some Encodable, table: () -> Table) throws {
        try write(value) { table().text(emphasisesHeadings: isTerminal) }
    }

    /// Writes one line to standard output.
    ///
    /// - Throws: When the other end is gone.
    static func writeLine(_ line: String) throws {
        try FileHandle.standardOutput.write(contentsOf: Data((line + "\n").utf8))
    }

    /// Writes a remark to standard error, where it is in nobody's way.
    static func remark(_ line: String) {
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }
}
