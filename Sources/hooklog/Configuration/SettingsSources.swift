import Configuration
import Foundation
import SystemPackage

/// Where settings come from: flags, the environment, one file, in this order.
struct SettingsSources: Sendable {
    /// The file that is read from the working directory when none is named.
    static let defaultFile = "hooklog.yaml"

    /// The values given on the command line.
    var flags: [SettingKey: String] = [:]
    /// The file named with `--config`; it must exist.
    var file: String?
    /// The environment's variables; empty ones count as absent.
    var environment: [String: String] = ProcessInfo.processInfo.environment
    /// The directory in which `hooklog.yaml` is looked for.
    var workingDirectory = FileManager.default.currentDirectoryPath

    /// Reads the file and returns the reader of all settings.
    ///
    /// - Throws: `unreadableFile` when the named file is not there or either file is not YAML.
    func load() async throws(CommandError) -> ConfigReader {
        let flags = InMemoryProvider(
            name: "flags",
            values: Dictionary(
                uniqueKeysWithValues: self.flags.map {
                    (AbsoluteConfigKey([$0.key.rawValue]), ConfigValue(.string($0.value), isSecret: false))
                }
            )
        )
        let environment = EnvironmentVariablesProvider(
            environmentVariables: self.environment.filter { !$0.value.isEmpty }
        )
        return ConfigReader(providers: [flags, environment.prefixKeys(with: "hooklog"), try await fileProvider()])
    }

    private func fileProvider() async throws(CommandError) -> FileProvider<YAMLSnapshot> {
        let path = file ?? self.environment["HOOKLOG_CONFIG"].flatMap { $0.isEmpty ? nil : $0 }
        let fallback = workingDirectory + "/" + Self.defaultFile
        do {
            return try await FileProvider<YAMLSnapshot>(
                filePath: FilePath(path ?? fallback),
                allowMissing: path == nil
            )
        } catch {
            throw CommandError(
                .unreadableFile,
                "The configuration file \(path ?? fallback) cannot be read as YAML. Correct it, or name another one"
                    + " with --config."
            )
        }
    }
}
