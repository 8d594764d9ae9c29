import Foundation
import PackagePlugin

/// Compiles text files into the module they belong to, so that the installation is one binary: the SQL files under
/// `sql/` into `Schema`, the API's document into `HTTPServer`.
@main
struct EmbedTextPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let embedding = Embedding(target: target.name) else { return [] }
        let folder = context.package.directoryURL.appending(path: embedding.folder)
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedText.swift")
        return [
            .buildCommand(
                displayName: "Embedding the text files of \(embedding.folder)",
                executable: try context.tool(named: "EmbedText").url,
                arguments: [embedding.type, folder.path, output.path] + embedding.extensions,
                inputFiles: inputs(of: folder, extensions: embedding.extensions),
                outputFiles: [output]
            )
        ]
    }

    /// Every such file and every folder below `folder`: a folder's time stamp tells of new, renamed and deleted files.
    private func inputs(of folder: URL, extensions: [String]) -> [URL] {
        var inputs = [folder]
        let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isDirectoryKey])
        for case let url as URL in walker ?? FileManager.DirectoryEnumerator() {
            if url.hasDirectoryPath || extensions.contains(url.pathExtension) { inputs.append(url) }
        }
        return inputs
    }
}

/// What a module has compiled in: the files of a folder, as a dictionary of a type by their paths.
private struct Embedding {
    let type: String
    let folder: String
    let extensions: [String]

    init?(target: String) {
        switch target {
        case "Schema": (type, folder, extensions) = ("SQLLibrary", "sql", ["sql"])
        case "HTTPServer":
            (type, folder, extensions) = ("DocumentationFiles", "Sources/HTTPServer/Documentation", ["yaml", "css"])
        default: return nil
        }
    }
}
