import Foundation
import PackagePlugin

/// Compiles the SQL files under `sql/` into the module, so that the installation is one binary.
@main
struct EmbedSQLPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = context.package.directoryURL.appending(path: "sql")
        let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedSQL.swift")
        return [
            .buildCommand(
                displayName: "Embedding SQL files",
                executable: try context.tool(named: "EmbedSQL").url,
                arguments: [folder.path, output.path],
                inputFiles: inputs(of: folder),
                outputFiles: [output]
            )
        ]
    }

    /// Every SQL file and every folder below `folder`: a folder's time stamp tells of new, renamed and deleted files.
    private func inputs(of folder: URL) -> [URL] {
        var inputs = [folder]
        let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isDirectoryKey])
        for case let url as URL in walker ?? FileManager.DirectoryEnumerator() {
            if url.hasDirectoryPath || url.pathExtension == "sql" { inputs.append(url) }
        }
        return inputs
    }
}
