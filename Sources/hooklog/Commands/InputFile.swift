import Foundation

/// Reads what a user hands over in a file or on standard input.
enum InputFile {
    /// Returns the bytes of the file, or of standard input when the name is `-`.
    ///
    /// - Throws: `unreadableFile`.
    static func read(_ name: String) throws(CommandError) -> [UInt8] {
        do {
            guard name != "-" else { return try Array(FileHandle.standardInput.readToEnd() ?? Data()) }
            return try Array(Data(contentsOf: URL(filePath: name)))
        } catch {
            throw CommandError(
                .unreadableFile,
                "The file \(name) cannot be read. Check its name and that you may read it; - is standard input."
            )
        }
    }

    /// Returns what the file holds as text.
    ///
    /// - Parameter content: What that is, for the message about a wrong file.
    /// - Throws: `unreadableFile`, also for bytes that are not UTF-8.
    static func text(_ name: String, content: String) throws(CommandError) -> String {
        guard let text = String(validating: try read(name), as: UTF8.self) else {
            throw CommandError(.unreadableFile, "The \(content) in \(name) is not UTF-8 text. Give the right file.")
        }
        return text
    }
}
