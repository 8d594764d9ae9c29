import Configuration
import Foundation
import SystemPackage
import Yams

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
    /// - Throws: `unreadableFile` when the named file is not there or either file is not YAML; `invalidSetting` when it has
    ///   a key that is no setting.
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
        let actual = path ?? workingDirectory + "/" + Self.defaultFile
        let provider: FileProvider<YAMLSnapshot>
        let names: [String]
        do {
            provider = try await FileProvider<YAMLSnapshot>(filePath: FilePath(actual), allowMissing: path == nil)
            names = try Self.names(inFileAt: actual)
        } catch {
            throw CommandError(
                .unreadableFile,
                "The configuration file \(actual) cannot be read as YAML. Correct it, or name another one with --config."
            )
        }
        guard let unknown = names.first(where: { SettingKey(rawValue: $0) == nil }) else { return provider }
        throw CommandError(
            .invalidSetting,
            "The configuration file \(actual) has the key \(unknown), which is no setting. Settings are "
                + SettingKey.allCases.map(\.rawValue).sorted().joined(separator: ", ") + "."
        )
    }

    /// The keys at the top of the file; none when there is no file.
    private static func names(inFileAt path: String) throws -> [String] {
        guard let text = FileManager.default.contents(atPath: path) else { return [] }
        let node = try Yams.compose(yaml: String(decoding: text, as: UTF8.self))
        return node?.mapping?.keys.compactMap(\.string) ?? []
    }
}
