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
}
