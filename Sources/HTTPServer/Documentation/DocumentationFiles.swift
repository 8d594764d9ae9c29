/// The files of this folder that are compiled into the binary: the API's document and its page's style.
enum DocumentationFiles {
    /// The text of a file; a name without a file is a mistake in the program.
    static func text(_ name: String) -> String {
        guard let text = embedded[name] else {
            preconditionFailure("There is no Sources/HTTPServer/Documentation/\(name) in this build.")
        }
        return text
    }
}
