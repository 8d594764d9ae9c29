import Foundation

// Writes one Swift file that holds every text file of a folder with one of some extensions as a raw string literal.
// Usage: EmbedText <type to extend> <folder> <output file> <extension>…

let arguments = CommandLine.arguments
guard arguments.count >= 5 else {
    FileHandle.standardError.write(Data("usage: EmbedText <type> <folder> <output file> <extension>…\n".utf8))
    exit(64)
}
let type = arguments[1]
let folder = URL(fileURLWithPath: arguments[2]).resolvingSymlinksInPath()
let output = URL(fileURLWithPath: arguments[3])
let extensions = Set(arguments[4...])

func embeddedFiles(in folder: URL) throws -> [(path: String, text: String)] {
    guard let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
    var files: [(path: String, text: String)] = []
    for case let url as URL in walker where extensions.contains(url.pathExtension) {
        let path = String(url.resolvingSymlinksInPath().path.dropFirst(folder.path.count + 1))
        files.append((path, try String(contentsOf: url, encoding: .utf8)))
    }
    return files.sorted { $0.path < $1.path }
}

// A raw literal needs one more `#` than the longest run that follows a quotation mark in the text.
func rawLiteral(_ text: String) -> String {
    var pounds = "#"
    while text.contains("\"\"\"" + pounds) || text.contains("\\" + pounds) { pounds += "#" }
    let body = text.hasSuffix("\n") ? text : text + "\n"
    return pounds + "\"\"\"\n" + body + "\n\"\"\"" + pounds
}

var source = "extension \(type) {\n    static let embedded: [String: String] = [\n"
let files = try embeddedFiles(in: folder)
for file in files {
    source += "        \"\(file.path)\": \(rawLiteral(file.text)),\n"
}
source += files.isEmpty ? "        :\n    ]\n}\n" : "    ]\n}\n"
let previous = try? String(contentsOf: output, encoding: .utf8)
if previous != source {
    try source.write(to: output, atomically: true, encoding: .utf8)
}
